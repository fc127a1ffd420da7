// SPDX-License-Identifier: GPL-3.0-or-later
// A line as a strip of triangles, two vertices a record, for scenes of so many segments that quads would be slow. Joins
// are mitred; where the line turns sharply they are cut short, which lies nearest to round joins (tests/app/test-painters.c).
flat out vec4 pen; // red, green, blue (strips are opaque), half width
noperspective out float side; // distance from the middle of the line

vec2 direction (vec2 from, vec2 to)
{
  vec2 along = to - from;
  float extent = length (along);
  return extent > 1e-6 ? along / extent : vec2 (1.0, 0.0);
}

void main ()
{
  int at = base + (gl_VertexID >> 1);
  vec4 before = texelFetch (records, at - 1), here = texelFetch (records, at), next = texelFetch (records, at + 1);
  bool starts = before.w < 0.0, stops = here.w < 0.0;
  float style = stops ? before.w : here.w;
  vec2 a = to_pixels (before.xy), b = to_pixels (here.xy), c = to_pixels (next.xy);
  vec2 incoming = starts ? direction (b, c) : direction (a, b);
  vec2 outgoing = stops ? incoming : direction (b, c);
  vec2 across = vec2 (-incoming.y - outgoing.y, incoming.x + outgoing.x);
  float bend = length (across); // 2 on a straight line, 0 where it turns back
  across = bend > 1e-3 ? across / bend : vec2 (-incoming.y, incoming.x);
  float half_width = 0.5 * style_entry (style, 2).x * scale ();
  pen = vec4 (style_entry (style, 0).rgb, half_width);
  float where = (gl_VertexID & 1) == 0 ? -1.0 : 1.0;
  float reach = half_width + 0.5;
  side = where * reach;
  gl_Position = to_clip (b + where * reach / max (0.5 * bend, 0.75) * across);
}
