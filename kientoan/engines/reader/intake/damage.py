"""The refusals for files that are damaged, locked or dangerous, in words for people."""

from kientoan.engines.packages import PackageError

from .extracted import UnreadableFile

_SAID = {
    "broken": (
        "Tệp bị hỏng hoặc tải lên chưa trọn vẹn, không mở được.",
        "Mở thử tệp trên máy của bạn; nếu mở được thì lưu lại thành .docx hoặc PDF rồi gửi lại.",
    ),
    "encrypted": (
        "Tệp được đặt mật khẩu nên không đọc được.",
        "Mở tệp bằng mật khẩu, bỏ mật khẩu rồi lưu và gửi lại.",
    ),
    "bomb": (
        "Tệp nén phình to bất thường khi mở nên bị từ chối để bảo vệ máy chủ.",
        "Lưu lại tài liệu từ phần mềm soạn thảo thành tệp mới rồi gửi lại.",
    ),
}


def broken_file() -> UnreadableFile:
    """The error for a file that is damaged."""
    return UnreadableFile("broken", *_SAID["broken"])


def encrypted_file() -> UnreadableFile:
    """The error for a file behind a password."""
    return UnreadableFile("encrypted", *_SAID["encrypted"])


def say(error: PackageError) -> UnreadableFile:
    """The error for a package that was refused while it was opened."""
    return UnreadableFile(error.code, *_SAID[error.code])
