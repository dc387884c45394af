package dev.ashlar.hub;

import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.core.token.XetTokens;
import dev.ashlar.hub.account.Accounts;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.hub.card.CardEndpoints;
import dev.ashlar.hub.card.HeadWatcher;
import dev.ashlar.hub.commit.CommitEndpoints;
import dev.ashlar.hub.commit.CommitLimits;
import dev.ashlar.hub.commit.FirstFileCheck;
import dev.ashlar.hub.commit.LargeFileIntake;
import dev.ashlar.hub.commit.PreuploadEndpoints;
import dev.ashlar.hub.commit.UploadModes;
import dev.ashlar.hub.discussion.CareEndpoints;
import dev.ashlar.hub.discussion.CommentEndpoints;
import dev.ashlar.hub.discussion.DiscussionEndpoints;
import dev.ashlar.hub.discussion.Discussions;
import dev.ashlar.hub.discussion.PullWatcher;
import dev.ashlar.hub.discussion.StoredProposals;
import dev.ashlar.hub.gate.AccessRequestEndpoints;
import dev.ashlar.hub.gate.AskAccessEndpoints;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.git.RefWatcher;
import dev.ashlar.hub.info.DatasetSizes;
import dev.ashlar.hub.info.HeadFiles;
import dev.ashlar.hub.info.InfoEndpoints;
import dev.ashlar.hub.info.ListEndpoints;
import dev.ashlar.hub.lfs.LfsEndpoints;
import dev.ashlar.hub.lfs.LfsFileEndpoints;
import dev.ashlar.hub.lfs.PartRule;
import dev.ashlar.hub.misc.MiscEndpoints;
import dev.ashlar.hub.misc.OutOfScopeEndpoints;
import dev.ashlar.hub.misc.VersionEndpoints;
import dev.ashlar.hub.org.Orgs;
import dev.ashlar.hub.repo.LifecycleEndpoints;
import dev.ashlar.hub.repo.NameCheckEndpoints;
import dev.ashlar.hub.repo.OldIdEndpoints;
import dev.ashlar.hub.repo.RelocationEndpoints;
import dev.ashlar.hub.repo.RepoAuthority;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.RepoMaker;
import dev.ashlar.hub.repo.RepoRights;
import dev.ashlar.hub.resolve.DownloadUrls;
import dev.ashlar.hub.resolve.ResolveEndpoints;
import dev.ashlar.hub.smart.PushLimits;
import dev.ashlar.hub.smart.SmartEndpoints;
import dev.ashlar.hub.social.Downloads;
import dev.ashlar.hub.social.InvitationEndpoints;
import dev.ashlar.hub.social.LikeEndpoints;
import dev.ashlar.hub.social.OrgEndpoints;
import dev.ashlar.hub.social.ProfileEndpoints;
import dev.ashlar.hub.social.SettingsEndpoints;
import dev.ashlar.hub.social.StatsEndpoints;
import dev.ashlar.hub.social.WhoamiEndpoints;
import dev.ashlar.hub.tree.BlobShapes;
import dev.ashlar.hub.tree.CommitFiles;
import dev.ashlar.hub.tree.CommitLogEndpoints;
import dev.ashlar.hub.tree.CompareEndpoints;
import dev.ashlar.hub.tree.LastCommits;
import dev.ashlar.hub.tree.LoneFileSearch;
import dev.ashlar.hub.tree.RefEndpoints;
import dev.ashlar.hub.tree.StoredDoor;
import dev.ashlar.hub.tree.StoredHolds;
import dev.ashlar.hub.tree.TreeEndpoints;
import dev.ashlar.hub.tree.TreeEntries;
import dev.ashlar.hub.weights.FileHeads;
import dev.ashlar.hub.xettoken.XetTokenEndpoints;
import dev.ashlar.hub.xettoken.XetTokenIssuer;
import dev.ashlar.metadata.Authority;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.ReadableRepos;
import dev.ashlar.objectstore.ObjectStore;
import dev.ashlar.objectstore.Staging;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.time.InstantSource;

/** The hub, wired together: hand it its ports, add its routes to a server. */
public final class Hub {
  private static final int CROWDED_AT_ONCE = 20;

  /** What the hub needs of the rest of the house. */
  public record Ports(
      Database database,
      ObjectStore store,
      Staging staging,
      XetTokens xetTokens,
      SignedUrls signedUrls,
      LargeFileIntake intake,
      FileHeads heads,
      InstantSource clock) {}

  private final Ports ports;
  private final HubConfig config;
  private final GitRepositories git;
  private final Accounts accounts;
  private final Orgs orgs;
  private final Authenticator authenticator;
  private final RepoDoor door;
  private final Downloads downloads;
  private final DatasetSizes sizes;
  private final BlobShapes shapes = new BlobShapes();
  private final LoneFileSearch loneFiles;

  /** A hub on these ports. */
  public Hub(Ports ports, HubConfig config) {
    var database = ports.database();
    this.ports = ports;
    this.config = config;
    this.git =
        new GitRepositories(
            database,
            ports.store(),
            ports.staging(),
            RefWatcher.all(
                new HeadWatcher(ports.clock(), database, ports.heads()),
                new PullWatcher(database, ports.clock())));
    this.loneFiles = new LoneFileSearch(database, git, shapes);
    this.accounts = new Accounts(database, config.tokenPepper());
    this.orgs = new Orgs(database);
    this.authenticator = new Authenticator(database, config.tokenPepper());
    this.downloads = new Downloads(database, ports.clock());
    this.sizes = new DatasetSizes(database, ports.clock());
    this.door = new RepoDoor(database, authenticator, Discussions::isPullAuthor);
  }

  /** Users and access tokens. */
  public Accounts accounts() {
    return accounts;
  }

  /** Organisations and their members. */
  public Orgs orgs() {
    return orgs;
  }

  /** Tells the chunk store which repositories a caller may read. */
  public static ReadableRepos readableRepos() {
    return RepoRights::readable;
  }

  /** Tells the chunk store whether what the hub permitted still stands. */
  public static Authority authority() {
    return new RepoAuthority();
  }

  /** Writes down the downloads of the last minute; ranks and measures repositories at times. */
  public void countDownloads() {
    downloads.upkeep();
    sizes.upkeep();
  }

  /** Merges the packs of the repositories that have too many; readers and writers go on. */
  public void mergePacks() throws IOException {
    for (long repoId : git.crowded(CROWDED_AT_ONCE)) {
      git.compact(repoId);
    }
  }

  /** Adds all routes of the hub. */
  public void routes(Routes routes) {
    people(routes);
    repositories(routes);
    files(routes);
    new OutOfScopeEndpoints().routes(routes);
    new VersionEndpoints(LfsEndpoints.OBJECT_BYTES_MAX, config.lfsBytesMin()).routes(routes);
    new MiscEndpoints().routes(routes);
    new OldIdEndpoints(authenticator).routes(routes);
  }

  private void people(Routes routes) {
    var database = ports.database();
    new WhoamiEndpoints(database, accounts, authenticator).routes(routes);
    new ProfileEndpoints(database, authenticator).routes(routes);
    new SettingsEndpoints(database, authenticator).routes(routes);
    new OrgEndpoints(database, authenticator, orgs).routes(routes);
    new InvitationEndpoints(database, authenticator, config.tokenPepper(), ports.clock())
        .routes(routes);
    new LikeEndpoints(database, authenticator, door, ports.clock()).routes(routes);
    new StatsEndpoints(database, authenticator, door, ports.clock()).routes(routes);
  }

  private void repositories(Routes routes) {
    var database = ports.database();
    var rule = new FirstFileCheck(config.lfsBytesMin());
    var maker = new RepoMaker(database, git, rule, loneFiles, ports.clock());
    new LifecycleEndpoints(database, maker, authenticator, door).routes(routes);
    new NameCheckEndpoints(database, maker, authenticator).routes(routes);
    new RelocationEndpoints(maker, authenticator, door).routes(routes);
    var heads = new HeadFiles(database, git);
    new InfoEndpoints(database, git, door, shapes, heads).routes(routes);
    new ListEndpoints(database, authenticator, heads).routes(routes);
    new CardEndpoints().routes(routes);
    new AccessRequestEndpoints(database, door, ports.clock()).routes(routes);
    new AskAccessEndpoints(database, door, ports.clock()).routes(routes);
    new DiscussionEndpoints(database, git, door, ports.clock()).routes(routes);
    var files = new CommitFiles(new StoredHolds(database), shapes);
    new CommentEndpoints(database, git, door, files, ports.clock()).routes(routes);
    new CareEndpoints(database, git, door, loneFiles, ports.clock()).routes(routes);
  }

  private void files(Routes routes) {
    var database = ports.database();
    var stored = new StoredDoor(door, git);
    var held = new StoredHolds(database);
    var xet =
        new XetTokenIssuer(
            ports.xetTokens(),
            config.xetKeys(),
            config.installationId(),
            config.xetTokenLifetime(),
            ports.clock());
    new TreeEndpoints(stored, new TreeEntries(shapes, held), new LastCommits()).routes(routes);
    new RefEndpoints(stored, new CommitFiles(held, shapes)).routes(routes);
    new CommitLogEndpoints(stored).routes(routes);
    new CompareEndpoints(stored, shapes).routes(routes);
    var modes = new UploadModes(config.lfsBytesMin(), config.binaryIsLarge());
    new PreuploadEndpoints(stored, held, shapes, modes).routes(routes);
    var proposals = new StoredProposals(database, ports.clock());
    new CommitEndpoints(
            stored, proposals, held, shapes, ports.intake(), ports.staging(), commitLimits())
        .routes(routes);
    var urls =
        new DownloadUrls(
            ports.signedUrls(),
            config.gatewayUrl(),
            (exchange, visit) -> xet.casUrl(visit, exchange.baseUrl()));
    new ResolveEndpoints(stored, held, shapes, urls, downloads).routes(routes);
    new XetTokenEndpoints(stored, xet, downloads).routes(routes);
    var pushes = new PushLimits(config.lfsBytesMin(), config.pushBytesMax());
    new SmartEndpoints(authenticator, door, git, ports.staging(), held, shapes, pushes)
        .routes(routes);
    var parts = new PartRule(config.multipartBytesMin(), config.partBytes());
    new LfsEndpoints(
            database, authenticator, door, ports.signedUrls(), xet, config.gatewayUrl(), parts)
        .routes(routes);
    new LfsFileEndpoints(database, authenticator, door, git, shapes, ports.clock()).routes(routes);
  }

  private CommitLimits commitLimits() {
    var usual = CommitLimits.DEFAULT;
    return new CommitLimits(
        usual.operationsMax(), usual.bodyBytesMax(), usual.lineBytesMax(), config.lfsBytesMin());
  }
}
