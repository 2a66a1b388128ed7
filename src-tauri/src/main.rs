//! The program of the window.

// A console window beside the real one would be a surprise on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    halyard_app::run();
}
