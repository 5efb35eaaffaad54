//! The key file of a single machine. Where several run, the keys are given to each.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use rand::{TryRng, rngs::SysRng};
use secrecy::SecretString;
use zeroize::Zeroizing;

use super::{Error, cipher::KEY_LENGTH};
use crate::secret_text::random_base62;

pub(super) fn read_or_create(path: &Path) -> Result<SecretString, Error> {
    let file_error = |source| Error::File { path: path.to_owned(), source };
    match read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            create(path).map_err(file_error)?;
            read(path).map_err(file_error)
        }
        result => result.map_err(file_error),
    }
}

fn read(path: &Path) -> io::Result<SecretString> {
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o077 != 0 {
        let message = format!("others can read it (mode {:o}): chmod 600 it", mode & 0o777);
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, message));
    }
    fs::read_to_string(path).map(SecretString::from)
}

/// Written aside and linked into place: another process sees the whole key or none, and of two that start at once
/// one wins and the other reads the winner's.
fn create(path: &Path) -> io::Result<()> {
    let aside = path.with_extension(format!("new-{}", random_base62(8)));
    let result = write(&aside).and_then(|()| match fs::hard_link(&aside, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        result => result,
    });
    fs::remove_file(&aside)?;
    result
}

fn write(path: &Path) -> io::Result<()> {
    let mut key = Zeroizing::new([0; KEY_LENGTH]);
    SysRng.try_fill_bytes(&mut *key).map_err(io::Error::other)?;
    let line = Zeroizing::new(format!("{}:{}\n", random_base62(6), STANDARD.encode(*key)));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(line.as_bytes())?;
    file.sync_all()
}
