//! Reading the files of the models directory.

use std::path::Path;

use rten::{Model, NodeId, Value};
use rten_tensor::Tensor;

use crate::Error;

/// What went wrong inside a model: for the log, so never the speech or the words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failure(String);

impl Failure {
    pub fn new(reason: impl ToString) -> Self {
        Self(reason.to_string())
    }
}

pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::Missing { path: path.to_owned() },
        _ => broken(path, error),
    })
}

pub fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Error> {
    serde_json::from_slice(&read(path)?).map_err(|error| broken(path, error))
}

pub fn open(path: &Path) -> Result<Model, Error> {
    Model::load(read(path)?).map_err(|error| broken(path, error))
}

/// The id of a named input or output.
pub fn node(path: &Path, model: &Model, name: &str) -> Result<NodeId, Error> {
    model.node_id(name).map_err(|error| broken(path, error))
}

pub fn floats(value: Value) -> Result<Tensor<f32>, Failure> {
    value.try_into().map_err(|_| Failure::new("an output is no tensor of floats"))
}

/// The file is there but is not what it should be.
pub fn broken(path: &Path, reason: impl ToString) -> Error {
    Error::Broken { path: path.to_owned(), reason: reason.to_string() }
}
