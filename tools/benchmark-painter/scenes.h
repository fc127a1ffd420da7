/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/scene.h"

/* Scenes as the plot has them, filling a page of this many points. */
#define BENCH_WIDTH  644.0
#define BENCH_HEIGHT 522.0

/* A measured curve, its sum, four components with fills below three of them: `n` points each. */
XpsScene *bench_scene_fit (gsize n, gboolean thinned);
/* A stack of `curves` measured curves of `n` points. */
XpsScene *bench_scene_stack (gsize curves, gsize n, gboolean thinned);
/* The same as an image. */
XpsScene *bench_scene_heat (gsize curves, gsize n);
