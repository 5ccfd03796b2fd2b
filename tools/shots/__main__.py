"""`python -m tools.shots [phone|desk|picture …]`: takes them, or those named."""

import sys

from tools.shots import desk, phone, picture
from tools.shots.album import Album
from tools.shots.demo import running

FOLDER = picture.ROOT / "docs" / "screens"


def main() -> None:
    wanted = sys.argv[1:] or ["phone", "desk", "picture"]
    with running() as demo:
        packer = demo.browser.new_page()
        if "picture" in wanted:
            picture.before_installing(demo, packer)
            picture.readme(demo)
        if {"phone", "desk"} & set(wanted):
            album = Album(FOLDER, packer)
            for room in (phone, desk):
                if room.__name__.rsplit(".", 1)[1] in wanted:
                    room.shown(demo, album)
            print(album.write(), file=sys.stderr)


if __name__ == "__main__":
    main()
