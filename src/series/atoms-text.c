/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/atoms-text.h"

/* The factors behind atomic ratios, in files. */

static void
write_line (XpsJsonStream *json, const XpsAtomLine *line, gsize n_steps)
{
  const XpsSensitivity *at = &line->sensitivity;
  xps_json_stream_begin_object (json, NULL);
  xps_json_stream_string (json, "name", line->name);
  xps_json_stream_string (json, "species", line->species);
  xps_json_stream_string (json, "level", line->level);
  xps_json_stream_string (json, "missing", line->missing);
  xps_json_stream_number (json, "photon_energy", line->photon_energy);
  if (line->sensitivity.product > 0) {
    xps_json_stream_number (json, "kinetic_energy", at->kinetic_energy);
    xps_json_stream_number (json, "cross_section_barn", at->barn);
    xps_json_stream_number (json, "angular_factor", at->angular);
    xps_json_stream_number (json, "length", at->length);
    xps_json_stream_string (json, "length_unit",
                            (at->gaps & XPS_SENSITIVITY_NO_MATRIX) != 0 ? "eV^0.75" : "nm");
    xps_json_stream_number (json, "transmission", at->transmission);
    xps_json_stream_number (json, "seconds", line->seconds);
    xps_json_stream_number (json, "share_of_level", line->share);
    xps_json_stream_number (json, "relative_spread_of_formulas", at->spread);
    xps_json_stream_number (json, "relative_systematic", xps_atom_line_get_uncertainty (line));
  }
  xps_json_stream_begin_array (json, "factors");
  for (gsize i = 0; i < n_steps; i++)
    xps_json_stream_number (json, NULL, line->factors[i]);
  xps_json_stream_end (json);
  xps_json_stream_end (json);
}

void
xps_atoms_write (const XpsAtoms *self, XpsJsonStream *json)
{
  xps_json_stream_begin_object (json, "atomic");
  xps_json_stream_string (json, "source",
                          "areas over cross section (EPDL97), angular factor, attenuation "
                          "length, transmission and counting time");
  xps_json_stream_begin_array (json, "lines");
  for (guint k = 0; k < self->lines->len; k++)
    write_line (json, g_ptr_array_index (self->lines, k), self->n_steps);
  xps_json_stream_end (json);
  xps_json_stream_strings (json, "notes", self->notes);
  xps_json_stream_end (json);
}
