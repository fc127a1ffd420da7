// SPDX-License-Identifier: GPL-3.0-or-later
// In front of every shader. Lengths are pixels of the viewport, y downwards, unless they are said to be points.
#version 150 core

uniform vec4 view;   // pixels a point across and down; width and height of the viewport
uniform vec2 corner; // lower left corner of the viewport in the window
uniform vec4 clip;   // left, top, right, bottom
uniform int base;    // record of the first vertex
uniform samplerBuffer records;
uniform samplerBuffer styles;

const int style_size = 5;

vec4 style_entry (float style, int entry)
{
  return texelFetch (styles, int (style) * style_size + entry);
}
