//! The spool: raw samples of lines that are open, one file each, as they come.
//!
//! `{tenant}.{recording}.{rate}.ulaw` holds µ-law, `….s16` 16-bit little-endian samples; left and right in turn. A file that is
//! written, or read by an encoder, is locked; the system lets go of the lock when a process dies, however it dies.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use entity::id::{RecordingId, TenantId};
use uuid::Uuid;
use voice::audio::{mulaw, pcm16_bytes};

use crate::blobs::private_directory;

/// What lines of telephones carry.
const TELEPHONE: u32 = 8_000;

/// A spool directory; cheap to clone.
#[derive(Clone, Debug)]
pub struct Spool {
    directory: Arc<Path>,
    id: Uuid,
}

/// A file that is written. It is locked until this is dropped.
#[derive(Debug)]
pub struct SpoolFile {
    file: File,
    is_mulaw: bool,
    bytes: Vec<u8>,
}

/// What a file's name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub tenant: TenantId,
    pub recording: RecordingId,
    pub rate: u32,
}

impl Name {
    fn file(self) -> String {
        let Self { tenant, recording, rate } = self;
        let extension = if self.is_mulaw() { "ulaw" } else { "s16" };
        format!("{tenant}.{recording}.{rate}.{extension}")
    }

    pub const fn is_mulaw(self) -> bool {
        self.rate == TELEPHONE
    }

    fn parse(file: &str) -> Option<Self> {
        let mut parts = file.split('.');
        let name = Self {
            tenant: parts.next()?.parse().ok()?,
            recording: parts.next()?.parse().ok()?,
            rate: parts.next()?.parse().ok()?,
        };
        (name.file() == file).then_some(name)
    }
}

impl Spool {
    /// The directory, made if missing; its id is made with it and kept in it.
    pub fn open(directory: &Path) -> io::Result<Self> {
        private_directory(directory)?;
        let id = directory.join("id");
        if !id.exists() {
            // Written aside and linked: of two processes that start at once, both read the same.
            let own = directory.join(format!("id.{}", Uuid::now_v7()));
            fs::write(&own, Uuid::now_v7().to_string())?;
            let linked = fs::hard_link(&own, &id);
            fs::remove_file(&own)?;
            if let Err(error) = linked
                && error.kind() != io::ErrorKind::AlreadyExists
            {
                return Err(error);
            }
        }
        let id = fs::read_to_string(&id)?.trim().parse().map_err(|_| {
            io::Error::new(io::ErrorKind::InvalidData, format!("{} holds no id of a spool", id.display()))
        })?;
        Ok(Self { directory: directory.into(), id })
    }

    /// Tells it from other machines'.
    pub fn id(&self) -> Uuid {
        self.id
    }

    pub(super) fn create(&self, tenant: TenantId, recording: RecordingId, rate: u32) -> io::Result<SpoolFile> {
        let name = Name { tenant, recording, rate };
        let file = OpenOptions::new().append(true).create_new(true).mode(0o600).open(self.path(name))?;
        // The sweep may look at it just now, and lets go of it at once.
        file.lock()?;
        Ok(SpoolFile { file, is_mulaw: name.is_mulaw(), bytes: Vec::new() })
    }

    /// Opens a file for an encoder, and locks it; `None`: another has it. [`io::ErrorKind::NotFound`]: it is gone.
    pub(super) fn open_locked(&self, name: Name) -> io::Result<Option<File>> {
        let file = File::open(self.path(name))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(file)),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Where an encoder puts what it makes of the file.
    pub(super) fn scratch(&self, name: Name) -> PathBuf {
        self.directory.join(format!("{}.flac", name.file()))
    }

    /// Removes what there is of it; nothing is fine.
    pub(super) fn remove(&self, name: Name) -> io::Result<()> {
        for path in [self.scratch(name), self.path(name)] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// What lies in it, at most `limit`, with the time of the last write.
    pub(super) fn files(&self, limit: usize) -> io::Result<Vec<(Name, std::time::SystemTime)>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.directory)? {
            let entry = entry?;
            let Some(name) = entry.file_name().to_str().and_then(Name::parse) else { continue };
            match entry.metadata().and_then(|metadata| metadata.modified()) {
                Ok(modified) => files.push((name, modified)),
                // Gone in the meantime.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
            if files.len() == limit {
                break;
            }
        }
        Ok(files)
    }

    fn path(&self, name: Name) -> PathBuf {
        self.directory.join(name.file())
    }
}

impl SpoolFile {
    /// Appends samples, left and right in turn. They are the system's when this returns: the death of the process does not
    /// take them along.
    pub fn append(&mut self, interleaved: &[i16]) -> io::Result<()> {
        self.bytes.clear();
        if self.is_mulaw {
            mulaw::encode_into(interleaved, &mut self.bytes);
        } else {
            self.bytes.extend(pcm16_bytes(interleaved));
        }
        self.file.write_all(&self.bytes)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_spool_keeps_its_id_and_its_files_are_locked_while_they_are_written() {
        let directory = tempfile::tempdir().unwrap();
        let spool = Spool::open(directory.path()).unwrap();
        assert_eq!(Spool::open(directory.path()).unwrap().id(), spool.id());
        let name = Name { tenant: TenantId::new(), recording: RecordingId::new(), rate: 8_000 };
        let mut file = spool.create(name.tenant, name.recording, 8_000).unwrap();
        file.append(&[0, 8_000]).unwrap();
        assert!(spool.open_locked(name).unwrap().is_none());
        drop(file);
        assert_eq!(spool.files(9).unwrap()[0].0, name);
        assert!(spool.open_locked(name).unwrap().is_some());
        spool.remove(name).unwrap();
        spool.remove(name).unwrap();
        assert!(spool.files(9).unwrap().is_empty());
        assert_eq!(spool.open_locked(name).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
