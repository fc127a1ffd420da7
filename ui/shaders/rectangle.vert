// SPDX-License-Identifier: GPL-3.0-or-later
// A rectangle: records (left, top, right, bottom) and (style, unused ...).
flat out vec4 box;
flat out vec4 ink, fill;
flat out float half_width;

void main ()
{
  int at = base + 2 * quad ();
  box = texelFetch (records, at) * view.xyxy;
  float style = texelFetch (records, at + 1).x;
  ink = style_entry (style, 0);
  fill = style_entry (style, 1);
  half_width = 0.5 * style_entry (style, 2).x * scale ();
  vec2 where = quad_corner ();
  float reach = half_width + 1.0;
  gl_Position = to_clip (mix (box.xy - reach, box.zw + reach, where));
}
