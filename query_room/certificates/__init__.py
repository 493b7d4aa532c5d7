"""Certificates (查档证明, 查无证明): what the archive attests of an entry of the register."""

from query_room.certificates.errors import CertificateRefusedError
from query_room.certificates.model import Certificate
from query_room.certificates.service import CertificateService

__all__ = ["Certificate", "CertificateRefusedError", "CertificateService"]
