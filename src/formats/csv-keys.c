/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv-keys.h"

#include <stddef.h>

#define AT(member) offsetof (XpsAcquisition, member)

static const XpsCsvKey keys[] = {
    {"technique", XPS_CSV_TEXT, AT (technique)},
    {"species", XPS_CSV_TEXT, AT (species)},
    {"transition", XPS_CSV_TEXT, AT (transition)},
    {"source", XPS_CSV_TEXT, AT (source)},
    {"photon energy (eV)", XPS_CSV_NUMBER, AT (photon_energy)},
    {"pass energy (eV)", XPS_CSV_NUMBER, AT (pass_energy)},
    {"work function (eV)", XPS_CSV_NUMBER, AT (work_function)},
    {"energies count from the vacuum level", XPS_CSV_FLAG, AT (from_vacuum)},
    {"dwell (s)", XPS_CSV_NUMBER, AT (dwell)},
    {"scans", XPS_CSV_NUMBER, AT (scans)},
    {"live time (s)", XPS_CSV_NUMBER, AT (live_time)},
    {"analyser mode", XPS_CSV_TEXT, AT (analyser_mode)},
    {"date", XPS_CSV_TEXT, AT (date)},
    {"instrument", XPS_CSV_TEXT, AT (instrument)},
    {"operator", XPS_CSV_TEXT, AT (operator_)},
};

const XpsCsvKey *
xps_csv_get_keys (gsize *n)
{
  *n = G_N_ELEMENTS (keys);
  return keys;
}
