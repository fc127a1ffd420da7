// SPDX-License-Identifier: GPL-3.0-or-later
// A rectangle: records (left, top, right, bottom) and (style, unused ...). As a FRAME four quads along its sides, that no
// pixel inside need be looked at.
flat out vec4 box;
flat out vec4 ink, fill;
flat out float half_width;

void main ()
{
  #ifdef FRAME
  int at = base + 2 * (quad () >> 2), band = quad () & 3;
#else
  int at = base + 2 * quad ();
#endif
  box = texelFetch (records, at) * view.xyxy;
  float style = texelFetch (records, at + 1).x;
  ink = style_entry (style, 0);
  fill = style_entry (style, 1);
  half_width = 0.5 * style_entry (style, 2).x * scale ();
  vec2 where = quad_corner ();
  float reach = half_width + 1.0;
  vec4 area = vec4 (box.xy - reach, box.zw + reach);
#ifdef FRAME
  vec2 middle = 0.5 * (box.xy + box.zw);
  vec4 inner = vec4 (min (box.xy + reach, middle), max (box.zw - reach, middle));
  if (band == 0)
    area.w = inner.y;
  else if (band == 1)
    area.y = inner.w;
  else
    area = band == 2 ? vec4 (area.x, inner.y, inner.x, inner.w) : vec4 (inner.z, inner.y, area.z, inner.w);
#endif
  gl_Position = to_clip (mix (area.xy, area.zw, where));
}
