// SPDX-License-Identifier: GPL-3.0-or-later
// A symbol at a record (x, y, unused, style).
flat out vec2 centre;
flat out vec4 ink, fill;
flat out vec3 shape; // half size, half width of the outline, symbol

void main ()
{
  vec4 here = texelFetch (records, base + quad ());
  vec4 look = style_entry (here.w, 2);
  centre = to_pixels (here.xy);
  ink = style_entry (here.w, 0);
  fill = style_entry (here.w, 1);
  shape = vec3 (0.5 * look.y * scale (), 0.5 * look.x * scale (), look.z);
  float reach = 1.25 * shape.x + shape.y + 1.0; // 1.25: corners of diamonds and triangles
  gl_Position = to_clip (centre + reach * (2.0 * quad_corner () - 1.0));
}
