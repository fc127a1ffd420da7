/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <libxml/xmlreader.h>

/* XML that is not trusted: no network, no external entities, no replacement of entities, libxml2's limits of
 * depth and size on, nothing printed. */

/* `encoding`: overrides what the document says, or NULL. NULL where there is no memory or too much text. The
 * text must outlive the reader, which xmlFreeTextReader() frees. */
xmlTextReaderPtr xps_xml_open (const char *text, gsize length, const char *encoding);

/* What was wrong with the document that this thread read last; one line. New string. */
char *xps_xml_dup_problem (void);

/* Attribute of the element that the reader stands on, or NULL. New string. */
char *xps_xml_dup_attribute (xmlTextReaderPtr reader, const char *name);
