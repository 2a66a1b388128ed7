//! What the relay promises, kept with a real database and a real merge worker.

mod hostile;
mod news;
mod outcomes;
mod people;
mod proof;
mod sight;
mod world;
