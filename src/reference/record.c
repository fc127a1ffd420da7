/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/record.h"

#include <glib/gi18n-lib.h>

const char *
xps_verified_to_text (XpsVerified verified)
{
  static const char *const texts[] = {"nist-record", "seen", "secondary", "recalled", "user"};
  return texts[verified];
}

const char *
xps_verified_to_words (XpsVerified verified)
{
  switch (verified) {
  case XPS_VERIFIED_NIST:
    return _ ("read in the NIST collection; the paper itself was not opened");
  case XPS_VERIFIED_SEEN:
    return _ ("read in the source");
  case XPS_VERIFIED_SECONDARY:
    return _ ("second hand: read where somebody quotes it");
  case XPS_VERIFIED_RECALLED:
    return _ ("from memory, not checked against a source");
  case XPS_VERIFIED_USER:
  default:
    return _ ("your own entry");
  }
}

gboolean
xps_verified_is_firm (XpsVerified verified)
{
  return verified == XPS_VERIFIED_NIST || verified == XPS_VERIFIED_SEEN || verified == XPS_VERIFIED_USER;
}

void
xps_reference_spread_clear (XpsReferenceSpread *spread)
{
  g_clear_pointer (&spread->species, g_free);
  g_clear_pointer (&spread->level, g_free);
}

void
xps_reference_doublet_clear (XpsReferenceDoublet *doublet)
{
  g_clear_pointer (&doublet->element, g_free);
  g_clear_pointer (&doublet->levels, g_free);
  g_clear_pointer (&doublet->source, g_free);
  g_clear_pointer (&doublet->note, g_free);
}
