// SPDX-License-Identifier: GPL-3.0-or-later
// Between two slanting edges, with the pixel's share by the distance from each; the edges may cross.
uniform float plain; // 1: coverage only

flat in vec4 left_right;
flat in vec4 edges;
flat in vec4 colour;

// Share of the pixel at `y` below the edge from `y0` to `y1` over `width`, whose height here is `edge`; nothing above
// both ends, where a steep edge gone on would still be near.
float below (float y, float edge, float y0, float y1, float width)
{
  float slope = (y1 - y0) / width;
  float cover = clamp ((y - edge) * inversesqrt (1.0 + slope * slope) + 0.5, 0.0, 1.0);
  return min (cover, clamp (y - min (y0, y1) + 0.5, 0.0, 1.0));
}

void main ()
{
  vec2 at = pixel ();
  float left = left_right.x, right = left_right.w, width = max (right - left, 1e-4);
  float part = clamp ((at.x - left) / width, 0.0, 1.0);
  float one = mix (left_right.y, edges.x, part), two = mix (left_right.z, edges.y, part);
  bool crossed = one > two;
  vec2 top = crossed ? vec2 (left_right.z, edges.y) : vec2 (left_right.y, edges.x);
  vec2 bottom = crossed ? vec2 (left_right.y, edges.x) : vec2 (left_right.z, edges.y);
  float cover = below (at.y, min (one, two), top.x, top.y, width) +
                below (-at.y, -max (one, two), -bottom.x, -bottom.y, width) - 1.0;
  bool left_open = mod (edges.z, 2.0) > 0.5, right_open = edges.z > 1.5;
  cover *= max ((left_open ? clamp (at.x - left + 0.5, 0.0, 1.0) : 1.0) +
                  (right_open ? clamp (right - at.x + 0.5, 0.0, 1.0) : 1.0) - 1.0, 0.0);
  result = mix (colour, vec4 (1.0), plain) * (max (cover, 0.0) * box_cover (clip));
}
