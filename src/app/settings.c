/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings.h"

#include "config.h"

#define SCHEMA_ID "org.corelevel.Corelevel"

/* g_settings_new() ends the program when the schema is missing, so it is looked up first: where the desktop
 * looks, then in the prefix this program was built for. */
GSettings *
xps_settings_new (void)
{
  GSettingsSchemaSource *usual = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
      usual != NULL ? g_settings_schema_source_lookup (usual, SCHEMA_ID, TRUE) : NULL;
  if (schema == NULL) {
    g_autoptr (GSettingsSchemaSource) own =
        g_settings_schema_source_new_from_directory (XPS_SCHEMA_DIR, usual, TRUE, NULL);
    schema = own != NULL ? g_settings_schema_source_lookup (own, SCHEMA_ID, TRUE) : NULL;
  }
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

/* An older schema may be installed than this program knows. */
static gboolean
has_key (GSettings *settings, const char *key)
{
  if (settings == NULL)
    return FALSE;
  g_autoptr (GSettingsSchema) schema = NULL;
  g_object_get (settings, "settings-schema", &schema, NULL);
  return g_settings_schema_has_key (schema, key);
}

int
xps_settings_get_int (GSettings *settings, const char *key, int usual)
{
  return has_key (settings, key) ? g_settings_get_int (settings, key) : usual;
}

gboolean
xps_settings_get_boolean (GSettings *settings, const char *key, gboolean usual)
{
  return has_key (settings, key) ? g_settings_get_boolean (settings, key) : usual;
}

double
xps_settings_get_double (GSettings *settings, const char *key, double usual)
{
  return has_key (settings, key) ? g_settings_get_double (settings, key) : usual;
}

char *
xps_settings_dup_string (GSettings *settings, const char *key, const char *usual)
{
  return has_key (settings, key) ? g_settings_get_string (settings, key) : g_strdup (usual);
}

/* A value that the schema does not allow is not remembered: GSettings would complain of a programmer's error.
 */
static void
store (GSettings *settings, const char *key, GVariant *floating)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (floating);
  if (!has_key (settings, key))
    return;
  g_autoptr (GSettingsSchema) schema = NULL;
  g_object_get (settings, "settings-schema", &schema, NULL);
  g_autoptr (GSettingsSchemaKey) description = g_settings_schema_get_key (schema, key);
  if (g_settings_schema_key_range_check (description, value))
    g_settings_set_value (settings, key, value);
}

void
xps_settings_set_int (GSettings *settings, const char *key, int value)
{
  store (settings, key, g_variant_new_int32 (value));
}

void
xps_settings_set_boolean (GSettings *settings, const char *key, gboolean value)
{
  store (settings, key, g_variant_new_boolean (value));
}

void
xps_settings_set_double (GSettings *settings, const char *key, double value)
{
  store (settings, key, g_variant_new_double (value));
}

void
xps_settings_set_string (GSettings *settings, const char *key, const char *value)
{
  store (settings, key, g_variant_new_string (value));
}
