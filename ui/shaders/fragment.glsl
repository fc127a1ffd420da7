// SPDX-License-Identifier: GPL-3.0-or-later
// In front of every fragment shader.
out vec4 result; // premultiplied

// Middle of the pixel.
vec2 pixel () { return vec2 (gl_FragCoord.x - corner.x, corner.y + view.w - gl_FragCoord.y); }

// Share of this pixel that lies in a box: exact, as for the clip of a painter with antialiasing.
float box_cover (vec4 box)
{
  vec2 at = pixel ();
  vec2 inside = min (box.zw, at + 0.5) - max (box.xy, at - 0.5);
  return max (inside.x, 0.0) * max (inside.y, 0.0);
}

// Share of a pixel of unit width across that a line of half width `half_width` covers at `away` from its middle.
float stroke_cover (float away, float half_width)
{
  return clamp (half_width + 0.5 - away, 0.0, 1.0) - clamp (0.5 - half_width - away, 0.0, 1.0);
}
