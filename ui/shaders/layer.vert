// SPDX-License-Identifier: GPL-3.0-or-later
// A box of what a layer covers: record (left, top, right, bottom).
void main ()
{
  vec4 box = texelFetch (records, base + quad ()) * view.xyxy;
  gl_Position = to_clip (mix (box.xy, box.zw, quad_corner ()));
}
