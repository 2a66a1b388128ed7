#!/bin/sh
# Makes the icons anew from mark.svg: run in this folder after a change of the mark. Needs rsvg-convert
# (package librsvg2-bin).
set -eu
make() { rsvg-convert --width "$1" --height "$1" --output "$2" mark.svg; }
make 32 32x32.png
make 128 128x128.png
make 256 128x128@2x.png
make 512 icon.png
