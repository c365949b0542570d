//! The keys under which AMD issues VCEKs (ASK): certificates to be pinned with [`crate::Anchor::pin`]. Where they come
//! from is told beside them.

/// EPYC 7003, "Milan".
pub const ASK_MILAN: &[u8] = include_bytes!("../anchors/ask-milan.der");

/// EPYC 9004, 8004 and 97x4, "Genoa", "Siena" and "Bergamo".
pub const ASK_GENOA: &[u8] = include_bytes!("../anchors/ask-genoa.der");

/// EPYC 9005, "Turin".
pub const ASK_TURIN: &[u8] = include_bytes!("../anchors/ask-turin.der");
