// SPDX-License-Identifier: GPL-3.0-or-later
uniform vec4 frame; // left, top, right, bottom in points

void main ()
{
  vec4 box = frame * view.xyxy;
  gl_Position = to_clip (mix (box.xy, box.zw, quad_corner ()));
}
