// SPDX-License-Identifier: GPL-3.0-or-later
// What of a pixel lies within half the line's width of the segment; round at joins, butt at ends, dashes by arc length.
uniform float plain; // 1: coverage only

flat in vec4 ends;
flat in vec4 neighbours;
flat in vec4 colour;
flat in vec4 pen;

// Squared distance of `at` from the segment a-b.
float distance2 (vec2 at, vec2 a, vec2 b)
{
  vec2 along = b - a, away = at - a;
  float part = clamp (dot (away, along) / max (dot (along, along), 1e-12), 0.0, 1.0);
  vec2 rest = away - part * along;
  return dot (rest, rest);
}

#ifdef DASHED
// Length of [low, high] within [from, to].
float overlap (float low, float high, float from, float to) { return max (min (high, to) - max (low, from), 0.0); }

// Share of the pixel-long piece around `place` points along the dashes that is on.
float dash_cover (float place)
{
  vec4 first = style_entry (pen.w, 3), last = style_entry (pen.w, 4);
  float period = last.z, s = mod (place, period);
  float half_pixel = 0.5 / sqrt (view.x * view.y);
  float from = s - half_pixel, to = s + half_pixel;
  float on = overlap (0.0, first.x, from, to) + overlap (first.y, first.z, from, to) +
             overlap (first.w, last.x, from, to) + overlap (period, period + first.x, from, to);
  return min (on / (2.0 * half_pixel), 1.0);
}
#endif

void main ()
{
  vec2 at = pixel (), a = ends.xy, b = ends.zw;
  float square = distance2 (at, a, b), reach = pen.x + 0.5;
  if (square >= reach * reach)
    discard;
  // A pixel belongs to the nearest of the line's segments, else edges would add up where segments are short. The
  // margin lets both have it when they are equally near: twice an edge at a join is better than a hole.
  bool starts = mod (pen.z, 2.0) > 0.5, stops = pen.z > 1.5;
  float margin = square - 1e-5;
  if ((!stops && distance2 (at, b, neighbours.zw) < margin) || (!starts && distance2 (at, neighbours.xy, a) < margin))
    discard;
  float cover = stroke_cover (sqrt (square), pen.x);
  vec2 along = b - a;
  float extent = length (along), place = dot (at - a, along) / max (extent, 1e-6);
  cover *= max ((starts ? clamp (place + 0.5, 0.0, 1.0) : 1.0) + (stops ? clamp (extent - place + 0.5, 0.0, 1.0) : 1.0) - 1.0,
                0.0);
#ifdef DASHED
  cover *= dash_cover (pen.y + clamp (place, 0.0, extent) / sqrt (view.x * view.y));
#endif
  cover *= box_cover (clip);
  result = mix (colour, vec4 (1.0), plain) * cover;
}
