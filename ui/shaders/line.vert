// SPDX-License-Identifier: GPL-3.0-or-later
// A segment of a line: record (x, y, dash phase in points, style or -1 where no segment starts) and the one behind it.
flat out vec4 ends;       // of this segment
flat out vec4 neighbours; // far ends of the segments before and behind, where there are such
flat out vec4 colour;
flat out vec4 pen; // half width, dash phase, 1: line starts here + 2: line ends here, style

void main ()
{
  int at = base + quad ();
  vec4 here = texelFetch (records, at);
  if (here.w < 0.0) {
    gl_Position = nowhere ();
    ends = neighbours = colour = pen = vec4 (0.0);
    return;
  }
  vec4 before = texelFetch (records, at - 1), next = texelFetch (records, at + 1);
  vec4 after = texelFetch (records, at + 2);
  float width = style_entry (here.w, 2).x;
  vec2 a = to_pixels (here.xy), b = to_pixels (next.xy);
  bool starts = before.w < 0.0, stops = next.w < 0.0;
  ends = vec4 (a, b);
  neighbours = vec4 (to_pixels (before.xy), to_pixels (after.xy));
  colour = style_entry (here.w, 0);
  float half_width = 0.5 * width * scale ();
  pen = vec4 (half_width, here.z, (starts ? 1.0 : 0.0) + (stops ? 2.0 : 0.0), here.w);

  vec2 along = b - a;
  float extent = length (along);
  along = extent > 0.0 ? along / extent : vec2 (1.0, 0.0);
  vec2 across = vec2 (-along.y, along.x);
  float reach = half_width + 0.75; // half a pixel, and half of its diagonal for slanting lines
  // A triangle around the quad: half of it is empty, but a software driver takes longer over a second triangle.
  vec2 size = 2.0 * quad_corner () * vec2 (extent + 2.0 * reach, 2.0 * reach);
  gl_Position = to_clip (a - reach * (along + across) + size.x * along + size.y * across);
}
