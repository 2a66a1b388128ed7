// Made by `cargo xtask codegen` from the Rust types. Do not edit.

/**
 * What a column of a file can hold.
 */
export type ImportColumn = "name" | "legal_name" | "registry_code" | "vat_number" | "iban" | "phone" | "email" | "website" | "status" | "source" | "responsible" | "notes" | "legal_address" | "postal_address" | "site_address" | "settlement" | "postal_code" | "region" | "site_label" | "access_notes" | "latitude" | "longitude" | "contact_name" | "contact_surname" | "contact_given_name" | "contact_patronymic" | "contact_vocative" | "contact_position" | "contact_category" | "contact_phone" | "contact_email" | "contact_birthday" | "contact_note" | "equipment_name" | "equipment_category" | "manufacturer" | "model" | "serial" | "qr_tag" | "place" | "installed" | "warranty_until" | "equipment_notes" | "reasons";
