#!/usr/bin/env bash
# A whole desktop for one command, on a machine that has none: a virtual display, a session bus,
# an unlocked keyring, a notification daemon and home folders that go away afterwards.
#
#     tests/desktop/session.sh COMMAND [ARGUMENT...]
#
# Its exit code is the command's. It ends only what it has started, and knows nothing of what is
# tested in it. `cargo xtask` calls it; the packages it needs are listed in xtask/src/packages.rs.
set -euo pipefail

if [ "$#" -eq 0 ]; then
    echo "usage: tests/desktop/session.sh COMMAND [ARGUMENT...]" >&2
    exit 2
fi

# First time round: the folders, before the bus, so that whatever the bus starts has them too.
if [ -z "${COMMON_PLATFORM_SESSION:-}" ]; then
    home=$(mktemp -d)
    trap 'rm -rf "$home"' EXIT
    mkdir -p "$home"/{data,state,run,cache,config/dunst}
    chmod 700 "$home/run"
    cat >"$home/config/dunst/dunstrc" <<'RULES'
[global]
    history_length = 200
    stack_duplicates = false
    follow = none
    idle_threshold = 0
RULES
    export COMMON_PLATFORM_SESSION="$home"
    export XDG_DATA_HOME="$home/data" XDG_STATE_HOME="$home/state" XDG_CACHE_HOME="$home/cache"
    export XDG_CONFIG_HOME="$home/config" XDG_RUNTIME_DIR="$home/run"
    export GDK_BACKEND=x11 GTK_A11Y=none NO_AT_BRIDGE=1
    unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
    code=0
    dbus-run-session -- xvfb-run --auto-servernum --error-file="$home/xvfb.log" \
        --server-args="-screen 0 1280x900x24" "$0" "$@" || code=$?
    exit "$code"
fi

# Second time round: inside the bus and the display.
home=$COMMON_PLATFORM_SESSION
started=()
finish() {
    for pid in "${started[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    for pid in "${started[@]}"; do
        wait "$pid" 2>/dev/null || true
    done
}
trap finish EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

# An empty password still has to arrive as a line: without one no login keyring is made, and every
# secret is answered with "Object does not exist".
printf '\n' | gnome-keyring-daemon --unlock --components=secrets --foreground \
    >"$home/keyring.log" 2>&1 &
started+=($!)
dunst >"$home/dunst.log" 2>&1 &
started+=($!)

wait_for_name() {
    for _ in $(seq 100); do
        if gdbus call --session --dest org.freedesktop.DBus --object-path / \
            --method org.freedesktop.DBus.NameHasOwner "$1" 2>/dev/null | grep -q true; then
            return 0
        fi
        sleep 0.1
    done
    echo "session: $1 did not appear on the bus within 10 seconds; $2 said:" >&2
    cat "$home/$2.log" >&2
    return 1
}
wait_for_name org.freedesktop.secrets keyring
wait_for_name org.freedesktop.Notifications dunst

# In the background, so that a signal is heard while it runs. Standard input is not handed on.
"$@" </dev/null &
command=$!
started+=("$command")
code=0
wait "$command" || code=$?
exit "$code"
