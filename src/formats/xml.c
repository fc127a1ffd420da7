/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/xml.h"

#define OPTIONS (XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT)

/* The options silence the parser, not what it says about a document's own declarations. */
static void
say_nothing (void *data, const char *message, xmlParserSeverities severity, xmlTextReaderLocatorPtr place)
{
}

xmlTextReaderPtr
xps_xml_open (const char *text, gsize length, const char *encoding)
{
  xmlTextReaderPtr reader = length > 0 && length <= G_MAXINT
                                ? xmlReaderForMemory (text, (int)length, NULL, encoding, OPTIONS)
                                : NULL;

  if (reader != NULL)
    xmlTextReaderSetErrorHandler (reader, say_nothing, NULL);
  return reader;
}

char *
xps_xml_dup_problem (void)
{
  const xmlError *error = xmlGetLastError ();
  char *problem = g_strstrip (g_strdup (error != NULL && error->message != NULL ? error->message : "no XML"));

  return g_strdelimit (problem, "\n\r", ' ');
}

char *
xps_xml_dup_attribute (xmlTextReaderPtr reader, const char *name)
{
  xmlChar *value = xmlTextReaderGetAttribute (reader, (const xmlChar *)name);
  char *copy = value != NULL ? g_strdup ((const char *)value) : NULL;

  xmlFree (value);
  return copy;
}
