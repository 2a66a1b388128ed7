//! Bringing the user's own data: customers, their contact persons and equipment, from CSV and Excel.

pub mod table;
