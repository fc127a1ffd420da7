// SPDX-License-Identifier: GPL-3.0-or-later
flat in vec4 colour;
flat in float half_width;
in float side;

void main ()
{
  result = colour * (stroke_cover (abs (side), half_width) * box_cover (clip));
}
