//! Walks through a repository's life with both lines of the Rust client, as its users would.
//! Arguments: owner, repository name, folder to upload, scratch folder. The server and the token
//! come from the environment.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use hf_hub::repository::{AddSource, CommitOperation, GitStatus, RepoTreeEntry, RepoTypeModel};
use hf_hub::{HFClientSync, HFError};
use hf_hub_old::api::sync::ApiBuilder;

type Outcome = Result<(), Box<dyn Error>>;

fn main() -> Outcome {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [owner, name, folder, scratch] = words.as_slice() else {
        return Err("needed: owner, name, folder, scratch folder".into());
    };
    let client = HFClientSync::new()?;
    assert_eq!(&client.whoami().send()?.username, owner);
    let id = format!("{owner}/{name}");
    upload(&client, &id, Path::new(folder))?;
    download(&client, owner, name, Path::new(folder), &Path::new(scratch).join("snapshot"))?;
    revisions(&client, owner, name, Path::new(folder))?;
    proposal(&client, owner, name)?;
    old_line(&id, Path::new(folder), &Path::new(scratch).join("old"))?;
    end(&client, owner, name)?;
    println!("the whole walk is done");
    Ok(())
}

fn upload(client: &HFClientSync, id: &str, folder: &Path) -> Outcome {
    let (owner, name) = id.split_once('/').ok_or("an id has two parts")?;
    client.create_repository().repo_id(id).repo_type(RepoTypeModel).send()?;
    let again = client.create_repository().repo_id(id).repo_type(RepoTypeModel).send();
    assert!(matches!(again, Err(HFError::Conflict { .. })), "{again:?}");
    let repo = client.model(owner, name);
    assert!(repo.exists().send()?);
    assert!(!client.model(owner, "absent").exists().send()?);
    let commit = repo.upload_folder().folder_path(folder).commit_message("Everything").send()?;
    assert!(commit.commit_oid.is_some(), "{commit:?}");
    client.create_repository().repo_id(id).repo_type(RepoTypeModel).exist_ok(true).send()?;
    Ok(())
}

fn download(
    client: &HFClientSync,
    owner: &str,
    name: &str,
    folder: &Path,
    target: &Path,
) -> Outcome {
    let repo = client.model(owner, name);
    let uploaded = files(folder)?;
    let listed = repo.list_tree().recursive(true).expand(true).send()?;
    let paths: Vec<String> = listed
        .iter()
        .filter_map(|entry| match entry {
            RepoTreeEntry::File { path, .. } => Some(path.clone()),
            _ => None,
        })
        .collect();
    for path in uploaded.keys() {
        assert!(paths.contains(path), "{path} is not listed");
    }
    assert_eq!(repo.get_paths_info().paths(paths.clone()).send()?.len(), paths.len());
    for (path, content) in &uploaded {
        let metadata = repo.get_file_metadata().filepath(path.as_str()).send()?;
        assert_eq!(metadata.file_size, content.len() as u64, "{path}");
        assert_eq!(metadata.xet_hash.is_some(), path.ends_with(".bin"), "{path}");
    }
    assert!(!repo.revision_exists().revision("absent").send()?);
    repo.snapshot_download().local_dir(target).send()?;
    for (path, content) in &uploaded {
        assert!(&fs::read(target.join(path))? == content, "{path} differs");
    }
    Ok(())
}

fn revisions(client: &HFClientSync, owner: &str, name: &str, folder: &Path) -> Outcome {
    let repo = client.model(owner, name);
    repo.create_branch().branch("side/way").send()?;
    assert!(repo.file_exists().filename("a.txt").send()?);
    let part = repo.download_file_to_bytes().filename("large.bin").range(1_000_000..1_500_000).send()?;
    assert!(part == fs::read(folder.join("large.bin"))?[1_000_000..1_500_000]);
    repo.upload_file()
        .source(AddSource::Bytes("changed".into()))
        .path_in_repo("a.txt")
        .revision("side/way")
        .send()?;
    let changes = repo.get_raw_diff_stream().compare("main..side/way").send()?;
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0].status, GitStatus::Modification);
    assert_eq!((changes[0].file_path.as_str(), changes[0].new_file_size), ("a.txt", 7));
    assert!(repo.get_commit_diff().compare("main..side/way").send()?.contains("\"a.txt\""));
    repo.create_tag().tag("v1").revision("side/way").message("first").send()?;
    let refs = repo.list_refs().send()?;
    assert_eq!((refs.branches.len(), refs.tags.len()), (2, 1));
    assert_eq!(repo.list_commits().revision("v1").send()?.len(), 3);
    repo.delete_tag().tag("v1").send()?;
    repo.delete_branch().branch("side/way").send()?;
    repo.create_commit()
        .operations(vec![
            CommitOperation::add_bytes("c/new.txt", "new"),
            CommitOperation::delete("a.txt"),
        ])
        .commit_message("Add and delete")
        .send()?;
    assert!(!repo.file_exists().filename("a.txt").send()?);
    repo.delete_folder().path_in_repo("c").send()?;
    let mine = client.list_models().author(owner).limit(1_000).send()?;
    assert!(mine.iter().any(|model| model.id == format!("{owner}/{name}")));
    Ok(())
}

fn proposal(client: &HFClientSync, owner: &str, name: &str) -> Outcome {
    let repo = client.model(owner, name);
    let proposed = repo
        .upload_file()
        .source(AddSource::Bytes("proposed".into()))
        .path_in_repo("proposed.txt")
        .create_pr(true)
        .send()?;
    assert!(proposed.commit_oid.is_some(), "{proposed:?}");
    let refs = repo.list_refs().include_pull_requests(true).send()?;
    assert_eq!(refs.pull_requests.len(), 1);
    assert!(repo.file_exists().filename("proposed.txt").revision("refs/pr/1").send()?);
    Ok(())
}

/// The line before 1.0, which only downloads, and only files whose names need no encoding.
fn old_line(id: &str, folder: &Path, cache: &Path) -> Outcome {
    let api = ApiBuilder::from_env()
        .with_cache_dir(cache.to_path_buf())
        .with_token(std::env::var("HF_TOKEN").ok())
        .with_progress(false)
        .build()?;
    let repo = api.model(id.to_string());
    assert!(repo.info()?.siblings.iter().any(|file| file.rfilename == "large.bin"));
    for (path, content) in files(folder)?.iter().filter(|(path, _)| !path.contains(' ') && *path != "a.txt") {
        assert!(&fs::read(repo.get(path)?)? == content, "{path} differs");
    }
    Ok(())
}

fn end(client: &HFClientSync, owner: &str, name: &str) -> Outcome {
    let old = format!("{owner}/{name}");
    let new = format!("{old}-moved");
    client.model(owner, name).update_settings().private(true).send()?;
    assert!(!client.model(owner, name).file_exists().filename("proposed.txt").send()?);
    client.move_repository().from_id(&old).to_id(&new).repo_type(RepoTypeModel).send()?;
    assert!(client.model(owner, name).file_exists().filename("large.bin").send()?);
    assert_eq!(&client.user_overview().username(owner).send()?.username, owner);
    client.delete_repository().repo_id(&new).repo_type(RepoTypeModel).send()?;
    let missing = client.delete_repository().repo_id(&new).repo_type(RepoTypeModel).send();
    assert!(matches!(missing, Err(HFError::RepoNotFound { .. })), "{missing:?}");
    Ok(())
}

fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>, Box<dyn Error>> {
    let mut found = BTreeMap::new();
    let mut waiting: Vec<PathBuf> = vec![folder.to_path_buf()];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                waiting.push(entry?.path());
            }
        } else {
            let name = path.strip_prefix(folder)?.to_str().ok_or("a name in UTF-8")?.to_string();
            found.insert(name, fs::read(&path)?);
        }
    }
    Ok(found)
}
