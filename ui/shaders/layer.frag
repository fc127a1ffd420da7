// SPDX-License-Identifier: GPL-3.0-or-later
// One translucent ink over what a whole line covers.
uniform sampler2D layer;
uniform vec4 ink; // premultiplied

void main ()
{
  result = ink * texelFetch (layer, ivec2 (gl_FragCoord.xy - corner), 0).r;
}
