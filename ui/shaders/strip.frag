// SPDX-License-Identifier: GPL-3.0-or-later
flat in vec4 pen;
noperspective in float side;

void main ()
{
  result = vec4 (pen.rgb, 1.0) * (stroke_cover (abs (side), pen.w) * box_cover (clip));
}
