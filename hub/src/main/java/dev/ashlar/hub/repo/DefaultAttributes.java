package dev.ashlar.hub.repo;

/** The {@code .gitattributes} of a new repository: which files are large by their name. */
final class DefaultAttributes {
  private static final String ALL =
      """
      *.7z *.arrow *.bin *.bz2 *.ckpt *.ftz *.gguf *.gz *.h5 *.joblib *.lfs.* *.mlmodel *.model
      *.msgpack *.npy *.npz *.onnx *.ot *.parquet *.pb *.pickle *.pkl *.pt *.pth *.rar *.safetensors
      saved_model/**/* *.tar.* *.tar *.tflite *.tgz *.wasm *.xz *.zip *.zst *tfevents*
      """;
  private static final String DATASETS =
      """
      *.lz4 *.mds *.avro *.pcm *.sam *.raw *.aac *.flac *.mp3 *.ogg *.wav *.bmp *.gif *.png *.tiff
      *.jpg *.jpeg *.webp *.mp4 *.webm
      """;

  private DefaultAttributes() {}

  static String text(RepoType type) {
    var text = new StringBuilder();
    var patterns =
        switch (type) {
          case MODEL, SPACE, KERNEL -> ALL;
          case DATASET -> ALL + DATASETS;
        };
    for (var pattern : patterns.strip().split("\\s+", -1)) {
      text.append(pattern).append(" filter=lfs diff=lfs merge=lfs -text\n");
    }
    return text.toString();
  }
}
