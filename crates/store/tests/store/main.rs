//! The promises of the device's database, on real files.

#[cfg(test)]
mod beside;
#[cfg(test)]
mod damage;
#[cfg(test)]
mod healing;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod parsing;
#[cfg(test)]
mod profiles;
#[cfg(test)]
mod saving;
#[cfg(test)]
mod work;
