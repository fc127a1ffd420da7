/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/fields.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

/* A record and a key without their texts, with what the allocator adds. */
#define RECORD_COST 512
#define KEY_COST    96

void
xps_fields_add (XpsAcquisition *record, const XpsField *table, gsize n, const char *key, const char *value)
{
  xps_acquisition_add_key (record, key, value);
  for (gsize i = 0; i < n; i++) {
    if (strcmp (table[i].key, key) != 0)
      continue;
    if (table[i].is_text) {
      char **text = G_STRUCT_MEMBER_P (record, table[i].offset);
      g_free (*text);
      *text = value[0] != '\0' ? g_strdup (value) : NULL;
      return;
    }
    double number = 0;
    if (xps_number_parse (value, &number) && isfinite (number))
      G_STRUCT_MEMBER (double, record, table[i].offset) = number;
    return;
  }
}

static gsize
text_length (const char *text)
{
  return text != NULL ? strlen (text) : 0;
}

gsize
xps_fields_cost (const XpsAcquisition *record)
{
  gsize cost = RECORD_COST + text_length (record->comment);

  for (guint i = 0; i < record->keys->len; i++) {
    const XpsKey *key = g_ptr_array_index (record->keys, i);
    cost += KEY_COST + text_length (key->key) + text_length (key->value);
  }
  for (guint i = 0; i < record->variables->len; i++) {
    const XpsVariable *variable = g_ptr_array_index (record->variables, i);
    cost += KEY_COST + text_length (variable->label) + text_length (variable->text);
  }
  return cost;
}

static void
move_point (XpsSpectrumDraft *draft, gsize from, gsize to)
{
  draft->energy[to] = draft->energy[from];
  draft->intensity[to] = draft->intensity[from];
  for (guint k = 0; draft->columns != NULL && k < draft->columns->len; k++) {
    double *values = ((XpsColumn *)g_ptr_array_index (draft->columns, k))->values;
    values[to] = values[from];
  }
}

XpsSpectrum *
xps_fields_make_spectrum (XpsSpectrumDraft *draft, gsize *n_dropped)
{
  gsize n = 0;

  for (gsize i = 0; i < draft->n; i++)
    if (isfinite (draft->energy[i]) && isfinite (draft->intensity[i]))
      move_point (draft, i, n++);
  *n_dropped += draft->n - n;
  draft->n = n;
  if (n > 0)
    return xps_spectrum_new (draft);
  xps_spectrum_draft_clear (draft);
  return NULL;
}
