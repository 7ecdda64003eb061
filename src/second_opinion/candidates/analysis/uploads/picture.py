"""Pictures: decoded by Pillow and encoded anew, upright, without where and when they were taken."""

from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from second_opinion.candidates.errors import FileError

MOST_PIXELS = 60_000_000  # decoded, a quarter of a gigabyte
QUALITY = 90  # of JPEG, on Pillow's scale to 95: no difference that one sees


def cleaned_picture(content: bytes) -> tuple[str, bytes]:
    try:
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as image:
            return _anew(image)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise FileError(
            _("The picture is broken and cannot be read. Save it anew. Nothing was saved.")
        ) from error


def _anew(image: Image.Image) -> tuple[str, bytes]:
    if image.width * image.height > MOST_PIXELS:
        raise FileError(
            _(
                "The picture has %(found)s million pixels, and the limit is %(most)s. Make it "
                "smaller. Nothing was saved."
            )
            % {
                "found": image.width * image.height // 1_000_000,
                "most": MOST_PIXELS // 1_000_000,
            }
        )
    is_png = image.format == "PNG"
    colours = image.info.get("icc_profile")
    transparent = image.info.get("transparency")
    upright = ImageOps.exif_transpose(image)
    upright.info.clear()
    written = BytesIO()
    if is_png:
        options = {} if transparent is None else {"transparency": transparent}
        upright.save(written, format="PNG", icc_profile=colours, **options)
        return "image/png", written.getvalue()
    upright.save(written, format="JPEG", quality=QUALITY, icc_profile=colours)
    return "image/jpeg", written.getvalue()
