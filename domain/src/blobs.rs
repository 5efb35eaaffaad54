//! Large things that belong in no row: recordings, uploads. Files of this machine, or a bucket that speaks S3.

use std::{
    fmt,
    ops::Range,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use entity::id::{RecordingId, TenantId, TranscriptionId};
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{
    GetOptions, GetRange, ObjectStore, ObjectStoreExt, aws::AmazonS3Builder, buffered::BufWriter,
    local::LocalFileSystem, prefix::PrefixStore,
};
use tokio::{
    fs::File,
    io::{AsyncSeekExt, AsyncWriteExt},
};
use url::Url;
use uuid::Uuid;

/// How long a store may take to answer at the start.
const PROBE: Duration = Duration::from_secs(20);
/// Read at once from a file that is stored.
const CHUNK: usize = 256 << 10;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// For the operator.
    #[error("{0}")]
    Configuration(String),
    /// Somebody removed it behind our back, or it was never there.
    #[error("it is not in the store")]
    Missing,
    #[error("the store does not answer within {} s", PROBE.as_secs())]
    Silent,
    #[error("the store failed")]
    Store(#[source] object_store::Error),
    #[error("a file of this machine cannot be read or written")]
    File(#[from] std::io::Error),
}

impl From<object_store::Error> for Error {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            error => Self::Store(error),
        }
    }
}

/// What a blob is called: it begins with its tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// `tenants/{tenant}/recordings/{id}.flac`
    pub fn recording(tenant: TenantId, id: RecordingId, extension: &str) -> Self {
        Self(format!("tenants/{tenant}/recordings/{id}.{extension}"))
    }

    /// `tenants/{tenant}/transcriptions/{id}`: a file as it was sent.
    pub fn upload(tenant: TenantId, id: TranscriptionId) -> Self {
        Self(format!("tenants/{tenant}/transcriptions/{id}"))
    }

    /// As a row keeps it.
    pub(crate) fn stored(text: &str) -> Self {
        Self(text.to_owned())
    }

    fn path(&self) -> object_store::path::Path {
        object_store::path::Path::from(self.0.as_str())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where blobs are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A directory; it is made if missing.
    Directory(PathBuf),
    /// `s3://bucket/prefix?endpoint=…&region=…`
    Bucket(Url),
}

impl Place {
    /// `file:///directory` or `s3://bucket/prefix?endpoint=https://…&region=…`. Credentials do not belong in it: they
    /// come from `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, or from the machine's role.
    pub fn parse(text: &str) -> Result<Self, String> {
        let url = Url::parse(text).map_err(|error| error.to_string())?;
        match url.scheme() {
            "file" => url.to_file_path().map(Self::Directory).map_err(|()| "must be file:///directory".to_owned()),
            "s3" if url.host_str().is_none_or(str::is_empty) => Err("must name a bucket: s3://bucket".to_owned()),
            "s3" if !url.username().is_empty() || url.password().is_some() => {
                Err("must not hold credentials: give AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY".to_owned())
            }
            "s3" => match url.query_pairs().find(|(name, _)| name != "endpoint" && name != "region") {
                Some((name, _)) => Err(format!("knows `endpoint` and `region`, not `{name}`")),
                None => Ok(Self::Bucket(url)),
            },
            _ => Err("must begin with file:// or s3://".to_owned()),
        }
    }
}

/// For the log.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory(path) => path.display().fmt(f),
            Self::Bucket(url) => url.fmt(f),
        }
    }
}

/// What lies in a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) key: String,
    pub(crate) modified: DateTime<Utc>,
}

/// A store; cheap to clone.
#[derive(Clone)]
pub struct Blobs(Arc<dyn ObjectStore>);

impl Blobs {
    /// The store, not yet seen to work.
    pub fn at(place: &Place) -> Result<Self, Error> {
        match place {
            Place::Directory(path) => {
                private_directory(path)?;
                let files = LocalFileSystem::new_with_prefix(path)?.with_automatic_cleanup(true).with_fsync(true);
                Ok(Self(Arc::new(files)))
            }
            Place::Bucket(url) => Ok(Self(bucket(url)?)),
        }
    }

    /// Writes and removes a byte to see that it works.
    pub async fn probe(&self) -> Result<(), Error> {
        let key = Key(format!("probe-{}", Uuid::now_v7()));
        let work = async {
            self.0.put(&key.path(), Bytes::from_static(b"?").into()).await?;
            self.remove(&key).await
        };
        tokio::time::timeout(PROBE, work).await.map_err(|_| Error::Silent)?
    }

    /// Stores a file, in parts when it is large; what was there under this key is replaced.
    pub async fn put(&self, key: &Key, file: &Path) -> Result<(), Error> {
        self.put_file(key, File::open(file).await?).await
    }

    /// [`put`](Self::put) of a file that is open.
    pub async fn put_file(&self, key: &Key, file: File) -> Result<(), Error> {
        let mut file = tokio::io::BufReader::with_capacity(CHUNK, file);
        let mut writer = BufWriter::new(Arc::clone(&self.0), key.path());
        let copied = async {
            tokio::io::copy_buf(&mut file, &mut writer).await?;
            writer.shutdown().await
        };
        if let Err(error) = copied.await {
            // What has been sent of it would be paid for.
            if let Err(error) = writer.abort().await {
                tracing::debug!(error = &error as &dyn std::error::Error, "parts of a blob are left behind");
            }
            return Err(error.into());
        }
        Ok(())
    }

    /// The bytes of `range`, or all of them.
    pub async fn read(
        &self,
        key: &Key,
        range: Option<Range<u64>>,
    ) -> Result<BoxStream<'static, Result<Bytes, Error>>, Error> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        let found = self.0.get_opts(&key.path(), options).await?;
        Ok(found.into_stream().map_err(Error::from).boxed())
    }

    /// Removes up to so many of a tenant's, of whatever kind. Gives how many: 0, when there are none left.
    pub(crate) async fn remove_some_of(&self, tenant: TenantId, most: usize) -> Result<u64, Error> {
        let prefix = object_store::path::Path::from(format!("tenants/{tenant}"));
        let mut found = self.0.list(Some(&prefix)).take(most);
        let mut removed = 0;
        while let Some(file) = found.try_next().await? {
            match self.0.delete(&file.location).await.map_err(Error::from) {
                // Somebody was quicker.
                Ok(()) | Err(Error::Missing) => removed += 1,
                Err(error) => return Err(error),
            }
        }
        Ok(removed)
    }

    /// All that is stored, in no order.
    pub(crate) fn all(&self) -> BoxStream<'static, Result<Stored, Error>> {
        let found = self.0.list(None).map_ok(|file| Stored { key: file.location.into(), modified: file.last_modified });
        found.map_err(Error::from).boxed()
    }

    /// Whether it is there.
    pub(crate) async fn has(&self, key: &Key) -> Result<bool, Error> {
        match self.0.head(&key.path()).await.map_err(Error::from) {
            Ok(_) => Ok(true),
            Err(Error::Missing) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// All of it, in a file of this machine without a name: nothing is left of it when it is let go of. For whoever
    /// needs longer for it than a store keeps a connection open.
    pub async fn fetch(&self, key: &Key) -> Result<std::fs::File, Error> {
        let file = tokio::task::spawn_blocking(tempfile::tempfile).await.map_err(std::io::Error::other)??;
        let mut file = File::from_std(file);
        let mut parts = self.read(key, None).await?;
        while let Some(part) = parts.try_next().await? {
            file.write_all(&part).await?;
        }
        file.flush().await?;
        file.rewind().await?;
        Ok(file.into_std().await)
    }

    /// Removes it; one that is not there is fine.
    pub async fn remove(&self, key: &Key) -> Result<(), Error> {
        match self.0.delete(&key.path()).await.map_err(Error::from) {
            Err(Error::Missing) => Ok(()),
            done => done,
        }
    }
}

fn bucket(url: &Url) -> Result<Arc<dyn ObjectStore>, Error> {
    let given = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let mut builder = AmazonS3Builder::from_env().with_bucket_name(url.host_str().unwrap_or_default());
    if let Some(endpoint) = given("endpoint") {
        // Whoever writes http:// means a store of their own network.
        builder = builder.with_allow_http(endpoint.starts_with("http://")).with_endpoint(endpoint);
    }
    if let Some(region) = given("region") {
        builder = builder.with_region(region);
    }
    let store = builder.build().map_err(|error| Error::Configuration(error.to_string()))?;
    Ok(match url.path().trim_matches('/') {
        "" => Arc::new(store),
        prefix => Arc::new(PrefixStore::new(store, prefix)),
    })
}

/// The directory, readable by its owner alone.
pub(crate) fn private_directory(path: &Path) -> std::io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// Every promise, on one store.
    async fn keeps_its_promises(blobs: Blobs) {
        blobs.probe().await.unwrap();
        let (tenant, id) = (TenantId::new(), RecordingId::new());
        let key = Key::recording(tenant, id, "flac");
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("file");
        // More than a part of an upload.
        let bytes: Vec<u8> = (0..12_000_000_u32).map(|n| (n.wrapping_mul(7_919) >> 5) as u8).collect();
        for size in [12_000_000, 10] {
            std::fs::write(&file, &bytes[..size]).unwrap();
            blobs.put(&key, &file).await.unwrap();
            assert!(collected(&blobs, &key, None).await == bytes[..size], "{size} bytes");
        }
        assert_eq!(collected(&blobs, &key, Some(3..7)).await, bytes[3..7]);
        let mut fetched = Vec::new();
        std::io::Read::read_to_end(&mut blobs.fetch(&key).await.unwrap(), &mut fetched).unwrap();
        assert_eq!(fetched, bytes[..10]);
        blobs.remove(&key).await.unwrap();
        blobs.remove(&key).await.unwrap();
        assert!(matches!(blobs.read(&key, None).await.err(), Some(Error::Missing)));
        blobs.put(&key, &directory.path().join("none")).await.unwrap_err();
    }

    async fn collected(blobs: &Blobs, key: &Key, range: Option<Range<u64>>) -> Vec<u8> {
        let stream = blobs.read(key, range).await.unwrap();
        stream
            .try_fold(Vec::new(), |mut all, part| async move {
                all.extend_from_slice(&part);
                Ok(all)
            })
            .await
            .unwrap()
    }

    #[tokio::test]
    async fn a_directory_keeps_what_it_is_given() {
        let directory = tempfile::tempdir().unwrap();
        let place = Place::Directory(directory.path().join("made/on/the/way"));
        keeps_its_promises(Blobs::at(&place).unwrap()).await;
    }

    /// `TEST_BLOB_URL=s3://bucket?endpoint=http://127.0.0.1:5000 cargo test … -- --ignored`, with its credentials.
    #[tokio::test]
    #[ignore = "needs a server that speaks S3, named by TEST_BLOB_URL"]
    async fn a_bucket_keeps_what_it_is_given() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let place = Place::parse(&std::env::var("TEST_BLOB_URL").unwrap()).unwrap();
        keeps_its_promises(Blobs::at(&place).unwrap()).await;
    }

    #[test]
    fn a_directory_that_cannot_be_made_is_found_out_at_once() {
        let file = tempfile::NamedTempFile::new().unwrap();
        Blobs::at(&Place::Directory(file.path().join("below a file"))).err().unwrap();
    }

    #[test]
    fn what_names_no_store_is_refused() {
        for text in
            ["data", "http://host/x", "s3://", "s3://key:secret@bucket", "s3://bucket?acl=public", "file://host/x"]
        {
            Place::parse(text).unwrap_err();
        }
        assert_eq!(Place::parse("file:///var/blobs").unwrap(), Place::Directory("/var/blobs".into()));
        Place::parse("s3://bucket/prefix?endpoint=https://s3.example.com&region=eu-1").unwrap();
    }
}
