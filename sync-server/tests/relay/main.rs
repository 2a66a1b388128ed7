//! What the relay promises, kept with a real database and a real merge worker.

#[cfg(test)]
mod behind;
#[cfg(test)]
mod deciding;
#[cfg(test)]
mod first_sync;
#[cfg(test)]
mod handover;
#[cfg(test)]
mod hints;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod news;
#[cfg(test)]
mod outcomes;
#[cfg(test)]
mod people;
#[cfg(test)]
mod proof;
#[cfg(test)]
mod rights;
#[cfg(test)]
mod sight;
#[cfg(test)]
mod world;
