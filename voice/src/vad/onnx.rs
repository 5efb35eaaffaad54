//! The weights in an ONNX file: as much of protobuf as that takes.

use std::collections::HashMap;

/// The named f32 tensors of a model's graph.
pub type Tensors<'a> = HashMap<&'a str, Tensor>;

/// One of them, row-major.
#[derive(Debug, PartialEq)]
pub struct Tensor {
    pub shape: Vec<usize>,
    pub data: Vec<f32>,
}

/// Reads `ModelProto.graph.initializer`; `None` if the bytes are not such a file.
pub fn tensors(model: &[u8]) -> Option<Tensors<'_>> {
    // Field numbers are those of onnx.proto3.
    let graph = fields(model).find_map(|field| matches!(field, Some((7, Value::Bytes(_)))).then_some(field)?)?.1;
    let mut tensors = Tensors::new();
    for field in fields(graph.bytes()?) {
        if let (5, Value::Bytes(initializer)) = field?
            && let Some((name, tensor)) = tensor(initializer)?
        {
            tensors.insert(name, tensor);
        }
    }
    Some(tensors)
}

/// The outer `None`: garbled; the inner: a tensor of another type than f32.
fn tensor(bytes: &[u8]) -> Option<Option<(&str, Tensor)>> {
    const FLOAT: u64 = 1;
    let (mut name, mut shape, mut kind, mut raw) = ("", Vec::new(), 0, &[][..]);
    for field in fields(bytes) {
        match field? {
            (1, Value::Number(size)) => shape.push(usize::try_from(size).ok()?),
            (2, Value::Number(number)) => kind = number,
            (8, Value::Bytes(text)) => name = str::from_utf8(text).ok()?,
            (9, Value::Bytes(data)) => raw = data,
            _ => {}
        }
    }
    if kind != FLOAT {
        return Some(None);
    }
    let data: Vec<f32> = raw.as_chunks::<4>().0.iter().map(|&four| f32::from_le_bytes(four)).collect();
    let size = shape.iter().try_fold(1_usize, |size, &side| size.checked_mul(side))?;
    (data.len() == size).then_some(Some((name, Tensor { shape, data })))
}

enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
    Other,
}

impl<'a> Value<'a> {
    fn bytes(self) -> Option<&'a [u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }
}

/// The fields of a message, by number; a last `None` where they make no sense.
fn fields(mut message: &[u8]) -> impl Iterator<Item = Option<(u64, Value<'_>)>> {
    std::iter::from_fn(move || {
        if message.is_empty() {
            return None;
        }
        let field = field(&mut message);
        if field.is_none() {
            message = &[];
        }
        Some(field)
    })
}

fn field<'a>(message: &mut &'a [u8]) -> Option<(u64, Value<'a>)> {
    let tag = varint(message)?;
    let value = match tag & 7 {
        0 => Value::Number(varint(message)?),
        1 => split(message, 8).map(|_| Value::Other)?,
        2 => {
            let length = usize::try_from(varint(message)?).ok()?;
            Value::Bytes(split(message, length)?)
        }
        5 => split(message, 4).map(|_| Value::Other)?,
        _ => return None,
    };
    Some((tag >> 3, value))
}

fn split<'a>(message: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (head, rest) = message.split_at_checked(length)?;
    *message = rest;
    Some(head)
}

fn varint(message: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = message.split_first()?;
        *message = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}
