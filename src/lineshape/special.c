/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/special.h"

#include <math.h>

const double xps_panel_node[XPS_PANEL_POINTS] = {
    -0.9894009349916499326,  -0.94457502307323257608, -0.86563120238783174388, -0.7554044083550030339,
    -0.61787624440264374845, -0.45801677765722738634, -0.28160355077925891323, -0.095012509837637440185,
    0.095012509837637440185, 0.28160355077925891323,  0.45801677765722738634,  0.61787624440264374845,
    0.7554044083550030339,   0.86563120238783174388,  0.94457502307323257608,  0.9894009349916499326};
const double xps_panel_weight[XPS_PANEL_POINTS] = {
    0.027152459411754094852, 0.062253523938647892863, 0.09515851168249278481,  0.12462897125553387205,
    0.14959598881657673208,  0.16915651939500253819,  0.18260341504492358887,  0.18945061045506849629,
    0.18945061045506849629,  0.18260341504492358887,  0.16915651939500253819,  0.14959598881657673208,
    0.12462897125553387205,  0.09515851168249278481,  0.062253523938647892863, 0.027152459411754094852};

double
xps_digamma (double x)
{
  double shift = 0;
  for (; x < 10; x += 1)
    shift += 1 / x;
  const double y = 1 / (x * x);
  const double series =
      y * (1. / 12 -
           y * (1. / 120 - y * (1. / 252 - y * (1. / 240 - y * (1. / 132 - y * (691. / 32760 - y / 12))))));
  return log (x) - 0.5 / x - series - shift;
}

/* For large x the two gamma functions overflow; there the ratio is a series in w^-2, w = x - 3/4 (form of
 * DLMF 5.11.14), whose next term is below 1e-17 at x = 30. */
double
xps_gamma_ratio (double x)
{
  if (x < 30)
    return tgamma (x - 0.5) / tgamma (x);
  const double w = x - 0.75, y = 1 / (w * w);
  const double series =
      1 - y * (1. / 64 - y * (10.5 / 4096 - y * (335.5 / 262144 - y * (22540.375 / 16777216))));
  return series / sqrt (w);
}
