//! The real program on a real profile, without a relay.

#[cfg(test)]
mod answering;
#[cfg(test)]
mod bench;
#[cfg(test)]
mod complaints;
#[cfg(test)]
mod deciding;
#[cfg(test)]
mod importing;
#[cfg(test)]
#[cfg(unix)]
mod killed;
#[cfg(test)]
mod mistakes;
#[cfg(test)]
mod objecting;
#[cfg(test)]
mod profiles;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod relay;
#[cfg(test)]
mod rights;
#[cfg(test)]
mod words;
#[cfg(test)]
mod working;
