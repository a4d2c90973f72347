from learning.models.activity import Activity
from learning.models.graduation import CertificateCheck, Graduation, SpacingPrompt, SpacingWish
from learning.models.page import Enquiry, LearningPage, LearningPageVersion, LearningPicture
from learning.models.plan import LearningPlan
from learning.models.pledge import CheckIn, Pledge, PledgeShare, PledgeUse
from learning.models.scenario import LiveCount, LiveScenario, ScenarioAnswered, ScenarioCount
from learning.models.surgery import PublishedAnswer, Surgery, SurgeryQuestion, SurgeryReply
from learning.models.workbook import WorkbookCopy, WorkbookPage, WorkbookSilence

__all__ = [
    "Activity",
    "CertificateCheck",
    "CheckIn",
    "Enquiry",
    "Graduation",
    "LearningPage",
    "LearningPageVersion",
    "LearningPicture",
    "LearningPlan",
    "LiveCount",
    "LiveScenario",
    "Pledge",
    "PledgeShare",
    "PledgeUse",
    "ScenarioAnswered",
    "ScenarioCount",
    "PublishedAnswer",
    "SpacingPrompt",
    "SpacingWish",
    "Surgery",
    "SurgeryQuestion",
    "SurgeryReply",
    "WorkbookCopy",
    "WorkbookPage",
    "WorkbookSilence",
]
