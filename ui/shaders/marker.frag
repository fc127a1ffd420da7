// SPDX-License-Identifier: GPL-3.0-or-later
// Symbols by their signed distance (negative inside); shapes and sizes as in the Cairo painter, the numbers as in
// XpsMarker.
uniform float plain; // 1: coverage of the outline only

flat in vec2 centre;
flat in vec4 ink, fill;
flat in vec3 shape;

float to_box (vec2 at, vec2 half_size)
{
  vec2 past = abs (at) - half_size;
  return length (max (past, 0.0)) + min (max (past.x, past.y), 0.0);
}

// Triangle with its three corners `radius` from the origin, one of them straight up (y < 0): by its mirror symmetry.
float to_triangle (vec2 at, float radius)
{
  vec2 p = vec2 (abs (at.x), at.y);
  vec2 top = vec2 (0.0, -radius), foot = radius * vec2 (0.8660254, 0.5);
  vec2 side = foot - top;
  vec2 from_side = p - top - clamp (dot (p - top, side) / dot (side, side), 0.0, 1.0) * side;
  vec2 from_base = p - vec2 (min (p.x, foot.x), foot.y);
  bool inside = p.y < foot.y && dot (p - top, vec2 (side.y, -side.x)) < 0.0;
  float away = sqrt (min (dot (from_side, from_side), dot (from_base, from_base)));
  return inside ? -away : away;
}

// Share of the pixel in one arm of a cross, an oblong along the diagonal `along`.
float arm_cover (vec2 at, vec2 along)
{
  vec2 turned = abs (vec2 (dot (at, along), dot (at, vec2 (-along.y, along.x))));
  float ahead = clamp (1.41421356 * shape.x + 0.5 - turned.x, 0.0, 1.0);
  return ahead * stroke_cover (turned.y, shape.y);
}

void main ()
{
  vec2 at = pixel () - centre;
  float r = shape.x, away = 0.0, outline = 0.0;
  int symbol = int (shape.z + 0.5);
  if (symbol == 0)
    away = length (at) - r;
  else if (symbol == 1)
    away = to_box (at, vec2 (0.89 * r));
  else if (symbol == 2)
    away = to_box (vec2 (at.x + at.y, at.y - at.x) * 0.70710678, vec2 (1.25 * r * 0.70710678));
  else if (symbol == 3)
    away = to_triangle (at, 1.25 * r);
  else if (symbol == 4)
    away = to_triangle (-at, 1.25 * r);
  float inside = symbol == 5 ? 0.0 : clamp (0.5 - away, 0.0, 1.0);
  if (symbol == 5)
    outline = max (arm_cover (at, vec2 (0.70710678)), arm_cover (at, vec2 (0.70710678, -0.70710678)));
  else
    outline = shape.y > 0.0 ? stroke_cover (abs (away), shape.y) : 0.0;
  vec4 over = mix (ink, vec4 (1.0), plain) * outline;
  vec4 under = fill * inside * (1.0 - plain);
  result = (over + under * (1.0 - over.a)) * box_cover (clip);
}
