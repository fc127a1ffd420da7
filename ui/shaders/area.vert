// SPDX-License-Identifier: GPL-3.0-or-later
// The piece of an area between two records (x, y, y of the other edge, style or -1 where no piece starts).
flat out vec4 left_right; // x, y, other y of one end; x of the other
flat out vec4 edges;      // y, other y of the other end; 1: open at the left + 2: open at the right; unused
flat out vec4 colour;

void main ()
{
  int at = base + quad ();
  vec4 here = texelFetch (records, at);
  if (here.w < 0.0) {
    gl_Position = nowhere ();
    left_right = edges = colour = vec4 (0.0);
    return;
  }
  vec4 before = texelFetch (records, at - 1), next = texelFetch (records, at + 1);
  bool starts = before.w < 0.0, stops = next.w < 0.0;
  bool turned = next.x < here.x;
  vec3 a = here.xyz * view.xyy, b = next.xyz * view.xyy;
  vec3 left = turned ? b : a, right = turned ? a : b;
  bool left_open = turned ? stops : starts, right_open = turned ? starts : stops;
  left_right = vec4 (left, right.x);
  edges = vec4 (right.yz, (left_open ? 1.0 : 0.0) + (right_open ? 2.0 : 0.0), 0.0);
  colour = style_entry (here.w, 1);
  vec2 where = quad_corner ();
  float top = min (min (left.y, left.z), min (right.y, right.z)) - 1.0;
  float bottom = max (max (left.y, left.z), max (right.y, right.z)) + 1.0;
  // Neighbours share their edge exactly, so that no pixel is painted twice or not at all; only open ends reach out.
  float x = where.x < 0.5 ? left.x - (left_open ? 1.0 : 0.0) : right.x + (right_open ? 1.0 : 0.0);
  gl_Position = to_clip (vec2 (x, where.y < 0.5 ? top : bottom));
}
