/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics/quadrature.h"

/* Roots of the Legendre polynomials and their weights, from 40 digits. */
static const double abscissae_4[4] = {
    -0.86113631159405257,
    -0.33998104358485626,
    0.33998104358485626,
    0.86113631159405257,
};
static const double weights_4[4] = {
    0.34785484513745385,
    0.65214515486254609,
    0.65214515486254609,
    0.34785484513745385,
};
static const double abscissae_8[8] = {
    -0.96028985649753629, -0.79666647741362673, -0.52553240991632899, -0.18343464249564981,
    0.18343464249564981,  0.52553240991632899,  0.79666647741362673,  0.96028985649753629,
};
static const double weights_8[8] = {
    0.10122853629037626, 0.22238103445337448, 0.31370664587788727, 0.36268378337836199,
    0.36268378337836199, 0.31370664587788727, 0.22238103445337448, 0.10122853629037626,
};
static const double abscissae_16[16] = {
    -0.98940093499164994, -0.9445750230732326,  -0.86563120238783176, -0.755404408355003,
    -0.61787624440264377, -0.45801677765722737, -0.28160355077925892, -0.095012509837637441,
    0.095012509837637441, 0.28160355077925892,  0.45801677765722737,  0.61787624440264377,
    0.755404408355003,    0.86563120238783176,  0.9445750230732326,   0.98940093499164994,
};
static const double weights_16[16] = {
    0.027152459411754096, 0.062253523938647894, 0.095158511682492786, 0.12462897125553388,
    0.14959598881657674,  0.16915651939500254,  0.18260341504492358,  0.1894506104550685,
    0.1894506104550685,   0.18260341504492358,  0.16915651939500254,  0.14959598881657674,
    0.12462897125553388,  0.095158511682492786, 0.062253523938647894, 0.027152459411754096,
};
static const double abscissae_24[24] = {
    -0.99518721999702131, -0.97472855597130947, -0.9382745520027328,  -0.88641552700440107,
    -0.82000198597390295, -0.74012419157855436, -0.64809365193697555, -0.54542147138883956,
    -0.43379350762604513, -0.3150426796961634,  -0.19111886747361631, -0.06405689286260563,
    0.06405689286260563,  0.19111886747361631,  0.3150426796961634,   0.43379350762604513,
    0.54542147138883956,  0.64809365193697555,  0.74012419157855436,  0.82000198597390295,
    0.88641552700440107,  0.9382745520027328,   0.97472855597130947,  0.99518721999702131,
};
static const double weights_24[24] = {
    0.0123412297999872,   0.028531388628933663, 0.044277438817419808, 0.059298584915436783,
    0.0733464814110803,   0.086190161531953274, 0.097618652104113884, 0.10744427011596563,
    0.1155056680537256,   0.12167047292780339,  0.1258374563468283,   0.12793819534675216,
    0.12793819534675216,  0.1258374563468283,   0.12167047292780339,  0.1155056680537256,
    0.10744427011596563,  0.097618652104113884, 0.086190161531953274, 0.0733464814110803,
    0.059298584915436783, 0.044277438817419808, 0.028531388628933663, 0.0123412297999872,
};

double
xps_trapezoid (size_t n, const double *x, const double *y)
{
  double sum = 0.0;
  for (size_t i = 0; i + 1 < n; i++)
    sum += 0.5 * (x[i + 1] - x[i]) * (y[i] + y[i + 1]);
  return sum;
}

void
xps_cumulative_trapezoid (size_t n, const double *x, const double *y, double *out)
{
  if (n == 0)
    return;
  double sum = 0.0, before = y[0];
  out[0] = 0.0;
  for (size_t i = 1; i < n; i++) {
    const double here = y[i];
    sum += 0.5 * (x[i] - x[i - 1]) * (before + here);
    out[i] = sum;
    before = here;
  }
}

void
xps_half_steps (size_t n, const double *x, double *half)
{
  for (size_t i = 0; i + 1 < n; i++)
    half[i] = 0.5 * (x[i + 1] - x[i]);
}

static void
cumulate_one (size_t n, const double *half, const double *y, double *out)
{
  double sum = 0.0, before = y[0];
  out[0] = 0.0;
  for (size_t i = 1; i < n; i++) {
    const double here = y[i];
    sum += half[i - 1] * (before + here);
    out[i] = sum;
    before = here;
  }
}

/* Written out: gcc keeps four sums in registers only when they have names. */
static void
cumulate_four (size_t n, const double *half, const double *const *y, double *const *out)
{
  const double *y0 = y[0], *y1 = y[1], *y2 = y[2], *y3 = y[3];
  double *out0 = out[0], *out1 = out[1], *out2 = out[2], *out3 = out[3];
  double sum0 = 0.0, sum1 = 0.0, sum2 = 0.0, sum3 = 0.0;
  double last0 = y0[0], last1 = y1[0], last2 = y2[0], last3 = y3[0];
  out0[0] = out1[0] = out2[0] = out3[0] = 0.0;
  for (size_t i = 1; i < n; i++) {
    const double step = half[i - 1], now0 = y0[i], now1 = y1[i], now2 = y2[i], now3 = y3[i];
    sum0 += step * (last0 + now0);
    sum1 += step * (last1 + now1);
    sum2 += step * (last2 + now2);
    sum3 += step * (last3 + now3);
    out0[i] = sum0;
    out1[i] = sum1;
    out2[i] = sum2;
    out3[i] = sum3;
    last0 = now0;
    last1 = now1;
    last2 = now2;
    last3 = now3;
  }
}

void
xps_cumulate (size_t n, const double *half, size_t m, const double *const *y, double *const *out)
{
  if (n == 0)
    return;
  size_t k = 0;
  for (; k + 4 <= m; k += 4)
    cumulate_four (n, half, y + k, out + k);
  for (; k < m; k++)
    cumulate_one (n, half, y[k], out[k]);
}

size_t
xps_gauss_legendre (size_t nodes, const double **abscissae, const double **weights)
{
  static const struct {
    size_t nodes;
    const double *abscissae, *weights;
  } rules[] = {
      {4, abscissae_4, weights_4},
      {8, abscissae_8, weights_8},
      {16, abscissae_16, weights_16},
      {24, abscissae_24, weights_24},
  };
  size_t rule = 0;
  while (rule < 3 && rules[rule].nodes < nodes)
    rule++;
  *abscissae = rules[rule].abscissae;
  *weights = rules[rule].weights;
  return rules[rule].nodes;
}
