// SPDX-License-Identifier: GPL-3.0-or-later
// In front of every vertex shader. Four vertices a quad: left top, right top, left bottom, right bottom.
int quad () { return gl_VertexID >> 2; }
vec2 quad_corner () { return vec2 (gl_VertexID & 1, (gl_VertexID >> 1) & 1); }

vec2 to_pixels (vec2 point) { return point * view.xy; }
float scale () { return sqrt (view.x * view.y); }

vec4 to_clip (vec2 pixel)
{
  return vec4 (2.0 * pixel.x / view.z - 1.0, 1.0 - 2.0 * pixel.y / view.w, 0.0, 1.0);
}

// Outside of everything: the quad is not there.
vec4 nowhere () { return vec4 (2.0, 2.0, 2.0, 1.0); }
