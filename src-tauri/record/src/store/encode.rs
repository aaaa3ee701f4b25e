//! How values, payloads and headers become bytes: deterministic CBOR. The
//! stored form packs a created row by local word numbers; the canonical form,
//! which is hashed, spells tables and columns out, so that it is the same on
//! every computer.

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};
use rusqlite::types::Value;
use uuid::Uuid;

use crate::error::{Error, Result};

/// One change as it stands in the log, spelled out.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The table.
    pub table: String,
    /// The row.
    pub row_id: Uuid,
    /// What was written.
    pub write: Write,
}

/// What a change writes.
#[derive(Debug, Clone, PartialEq)]
pub enum Write {
    /// A new row with all its fields.
    Create(Vec<(String, Value)>),
    /// One field; `base` is the change of the cell the form was showing.
    Amend {
        /// The column.
        column: String,
        /// The value.
        value: Value,
        /// The change the form was showing.
        base: Base,
    },
}

/// The change that a form was showing, known on every computer by these three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    /// Device of its operation.
    pub device: Uuid,
    /// Number of its operation in the stream of that device.
    pub seq: i64,
    /// Index in that operation.
    pub index: i64,
}

/// Everything of an operation that is hashed beside its payload.
#[derive(Debug, Clone)]
pub struct Header {
    /// The device.
    pub device: Uuid,
    /// The scope.
    pub scope: Uuid,
    /// Number in the stream, from 1.
    pub seq: i64,
    /// Number on the device, from 1.
    pub dev_seq: i64,
    /// Hybrid logical clock.
    pub hlc: i64,
    /// Wall time in milliseconds.
    pub wall_ms: i64,
    /// Minutes ahead of UTC.
    pub offset_min: i64,
    /// The user.
    pub actor: Uuid,
    /// The operation's code.
    pub op: String,
    /// Schema version.
    pub schema_v: i64,
    /// Other streams applied since: (device, scope, seq).
    pub deps: Vec<(Uuid, Uuid, i64)>,
    /// The act it is part of; none before version 8, and where nobody asked.
    pub act: Option<Uuid>,
}

type Writer = Encoder<Vec<u8>>;
type Encoded = std::result::Result<(), minicbor::encode::Error<std::convert::Infallible>>;

/// The hash that an operation adds to its chain.
#[must_use]
pub fn operation_hash(previous: &[u8; 32], header: &Header, payload_commit: &[u8; 32]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(previous);
    hasher.update(&header_bytes(header));
    hasher.update(payload_commit);
    *hasher.finalize().as_bytes()
}

/// The commitment to a payload: it hides it (the salt is secret and can be
/// dropped with it) and fixes it.
#[must_use]
pub fn payload_commit(salt: &[u8], reason: Option<&str>, changes: &[Change]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(salt);
    hasher.update(&payload_bytes(reason, changes));
    *hasher.finalize().as_bytes()
}

/// The hash that one entry of the read log adds to its chain.
#[must_use]
pub fn access_hash(previous: &[u8; 32], seq: i64, wall_ms: i64, actor: Uuid, family: Option<Uuid>, view: &str, denied: bool) -> [u8; 32] {
    let bytes = written(|e| {
        e.array(6)?.i64(seq)?.i64(wall_ms)?.bytes(actor.as_bytes())?;
        match family {
            Some(family) => e.bytes(family.as_bytes())?,
            None => e.null()?,
        };
        e.str(view)?.bool(denied)?;
        Ok(())
    });
    let mut hasher = blake3::Hasher::new();
    hasher.update(previous);
    hasher.update(&bytes);
    *hasher.finalize().as_bytes()
}

/// Packs the fields of a created row by word number.
#[must_use]
pub fn pack_row(fields: &[(i64, Value)]) -> Vec<u8> {
    written(|e| {
        e.map(fields.len() as u64)?;
        for (word, value) in fields {
            e.i64(*word)?;
            encode_value(e, value)?;
        }
        Ok(())
    })
}

/// Unpacks what [`pack_row`] packed.
///
/// # Errors
/// When the bytes are not such a row.
pub fn unpack_row(bytes: &[u8]) -> Result<Vec<(i64, Value)>> {
    let mut d = Decoder::new(bytes);
    let mut read = || -> std::result::Result<_, minicbor::decode::Error> {
        let count = d.map()?.unwrap_or(0);
        let fields = (0..count).map(|_| Ok((d.i64()?, decode_value(&mut d)?))).collect();
        if d.position() == bytes.len() { fields } else { Err(minicbor::decode::Error::message("more bytes than fields")) }
    };
    read().map_err(|_| Error::damaged())
}

/// Packs dependencies as local stream number and sequence pairs.
#[must_use]
pub fn pack_deps(deps: &[(i64, i64)]) -> Option<Vec<u8>> {
    if deps.is_empty() {
        return None;
    }
    Some(written(|e| {
        e.array(deps.len() as u64 * 2)?;
        for (sid, seq) in deps {
            e.i64(*sid)?.i64(*seq)?;
        }
        Ok(())
    }))
}

/// Unpacks what [`pack_deps`] packed.
///
/// # Errors
/// When the bytes are not such a list.
pub fn unpack_deps(bytes: &[u8]) -> Result<Vec<(i64, i64)>> {
    let mut d = Decoder::new(bytes);
    let mut read = || -> std::result::Result<_, minicbor::decode::Error> {
        let count = d.array()?.unwrap_or(0) / 2;
        (0..count).map(|_| Ok((d.i64()?, d.i64()?))).collect()
    };
    read().map_err(|_| Error::damaged())
}

fn header_bytes(h: &Header) -> Vec<u8> {
    written(|e| {
        e.array(if h.act.is_some() { 12 } else { 11 })?
            .bytes(h.device.as_bytes())?
            .bytes(h.scope.as_bytes())?
            .i64(h.seq)?
            .i64(h.dev_seq)?;
        e.i64(h.hlc)?.i64(h.wall_ms)?.i64(h.offset_min)?.bytes(h.actor.as_bytes())?.str(&h.op)?.i64(h.schema_v)?;
        e.array(h.deps.len() as u64)?;
        for (device, scope, seq) in &h.deps {
            e.array(3)?.bytes(device.as_bytes())?.bytes(scope.as_bytes())?.i64(*seq)?;
        }
        if let Some(act) = h.act {
            e.bytes(act.as_bytes())?;
        }
        Ok(())
    })
}

fn payload_bytes(reason: Option<&str>, changes: &[Change]) -> Vec<u8> {
    written(|e| {
        e.array(2)?;
        match reason {
            Some(reason) => e.str(reason)?,
            None => e.null()?,
        };
        e.array(changes.len() as u64)?;
        for change in changes {
            e.array(3)?.str(&change.table)?.bytes(change.row_id.as_bytes())?;
            match &change.write {
                Write::Create(fields) => {
                    e.map(fields.len() as u64)?;
                    for (column, value) in fields {
                        e.str(column)?;
                        encode_value(e, value)?;
                    }
                }
                Write::Amend { column, value, base } => {
                    e.array(5)?.str(column)?.bytes(base.device.as_bytes())?.i64(base.seq)?.i64(base.index)?;
                    encode_value(e, value)?;
                }
            }
        }
        Ok(())
    })
}

fn written(write: impl FnOnce(&mut Writer) -> Encoded) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    match write(&mut encoder) {
        Ok(()) => encoder.into_writer(),
        Err(_) => unreachable!("writing to memory does not fail"),
    }
}

fn encode_value(e: &mut Writer, value: &Value) -> Encoded {
    match value {
        Value::Null => e.null()?,
        Value::Integer(number) => e.i64(*number)?,
        Value::Real(number) => e.f64(*number)?,
        Value::Text(text) => e.str(text)?,
        Value::Blob(bytes) => e.bytes(bytes)?,
    };
    Ok(())
}

fn decode_value(d: &mut Decoder<'_>) -> std::result::Result<Value, minicbor::decode::Error> {
    Ok(match d.datatype()? {
        Type::Null => {
            d.null()?;
            Value::Null
        }
        Type::String => Value::Text(d.str()?.to_owned()),
        Type::Bytes => Value::Blob(d.bytes()?.to_vec()),
        Type::F64 => Value::Real(d.f64()?),
        _ => Value::Integer(d.i64()?),
    })
}

#[cfg(test)]
mod tests;
