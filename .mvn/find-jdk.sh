# Sets JAVA_HOME to a JDK of at least Java 25, or returns 69. Sourced by ./mvnw and ./ashlar.
# Order: ASHLAR_JAVA_HOME, JAVA_HOME, the java on the PATH, then the folders where packages put JDKs.
jdk_is_recent_enough() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 1
  jdk_major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ "${jdk_major:-0}" -ge 25 ]
}

find_jdk() {
  set +f
  jdk_on_path=$(command -v javac 2>/dev/null || :)
  [ -z "$jdk_on_path" ] || jdk_on_path=$(dirname "$(dirname "$(readlink -f "$jdk_on_path")")")
  for jdk in "${ASHLAR_JAVA_HOME:-}" "${JAVA_HOME:-}" "$jdk_on_path" \
    /usr/lib/jvm/* /opt/java/* /opt/jdk* /usr/local/lib/jvm/* /usr/local/*jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$jdk" ] && jdk_is_recent_enough "$jdk"; then
      JAVA_HOME=$jdk
      export JAVA_HOME
      return 0
    fi
  done
  echo "ashlar needs a JDK of version 25 or newer: install one (for example Temurin 25) or set ASHLAR_JAVA_HOME to its folder." >&2
  return 69
}
