//! Prints the sections of `docs/SYNC.md` that come from the kept seeds and from the declarations of
//! the record kinds, each between its markers. `cargo xtask codegen` puts them into the page.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

mod groups;
mod kinds;
mod seeds;
mod values;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    section("seeds", &seeds::section());
    section("paths", &[values::section()?, groups::section()?, kinds::section()].join("\n"));
    Ok(())
}

fn section(name: &str, text: &str) {
    println!("<!-- codegen: {name} -->\n\n{text}\n<!-- /codegen: {name} -->");
}
