/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/browser.h"

struct _XpsBrowser {
  AdwBin parent_instance;
  XpsSession *session;
};

G_DEFINE_FINAL_TYPE (XpsBrowser, xps_browser, ADW_TYPE_BIN)

static void
xps_browser_dispose (GObject *object)
{
  XpsBrowser *self = XPS_BROWSER (object);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xps_browser_parent_class)->dispose (object);
}

static void
xps_browser_class_init (XpsBrowserClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_browser_dispose;
}

static void
xps_browser_init (XpsBrowser *self)
{
}

void
xps_browser_set_session (XpsBrowser *self, XpsSession *session)
{
  g_set_object (&self->session, session);
}
