// SPDX-License-Identifier: GPL-3.0-or-later
// The cell under the middle of the pixel; values are places in the colour table, -1 for an empty cell.
uniform vec4 frame;
uniform sampler2D cells;
uniform sampler2D colours; // a row for each table
uniform int table;

void main ()
{
  vec4 box = frame * view.xyxy;
  ivec2 size = textureSize (cells, 0);
  vec2 part = (pixel () - box.xy) / max (box.zw - box.xy, 1e-6);
  float value = texelFetch (cells, clamp (ivec2 (floor (part * vec2 (size))), ivec2 (0), size - 1), 0).r;
  if (value < 0.0)
    discard;
  int last = textureSize (colours, 0).x - 1;
  float place = value * float (last);
  int below = min (int (place), last - 1);
  vec4 colour = mix (texelFetch (colours, ivec2 (below, table), 0), texelFetch (colours, ivec2 (below + 1, table), 0),
                     place - float (below));
  result = colour * box_cover (clip);
}
