"""What every schema of a record shares: unknown keys are refused."""

from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, validates_schema


class Strict(Schema):
    """A schema whose fields `disagree` may be asked about once each is right by itself."""

    class Meta:
        unknown = RAISE

    # Keys and the schemas whose `disagree` counts too when the fast check is taken.
    parts: ClassVar[dict[str, type["Strict"]]] = {}

    @staticmethod
    def disagree(value: dict[str, Any]) -> str | None:
        """What is wrong between fields that are right by themselves; None when nothing is."""
        return None

    @validates_schema(pass_original=True)
    def _agree(self, _data: Any, original: Any, **_: Any) -> None:
        wrong = self.disagree(original)
        if wrong:
            raise ValidationError(wrong)
