// SPDX-License-Identifier: GPL-3.0-or-later
// Filled, then outlined with sharp corners: the outline is a larger box without a smaller one.
flat in vec4 box;
flat in vec4 ink, fill;
flat in float half_width;

void main ()
{
  vec4 wider = vec4 (-half_width, -half_width, half_width, half_width);
  float outline = half_width > 0.0 ? box_cover (box + wider) - box_cover (box - wider) : 0.0;
  vec4 over = ink * outline, under = fill * box_cover (box);
  result = (over + under * (1.0 - over.a)) * box_cover (clip);
}
