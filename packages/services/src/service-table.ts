// Generated from data/services.tsv by scripts/write-services.ts.

/** Every service, encoded: see `decodeServices`. */
export const SERVICE_TABLE: string = `AccessAnalyzer
Account
ACM
ACM PCA
!AIOps
amp,,prometheusservice
Amplify
AmplifyBackend
AmplifyUIBuilder
API Gateway,apigateway
ApiGatewayManagementApi
ApiGatewayV2
App Mesh,appmesh
AppConfig
AppConfigData
!AppFabric
Appflow
AppIntegrations,,appintegrationsservice
Application Auto Scaling,application-autoscaling
!Application Discovery Service,discovery
Application Insights
Application Signals,,cloudwatchapplicationsignals
ApplicationCostProfiler
AppRunner
AppStream
AppSync
!ARC Region switch
!ARC Zonal Shift
!Artifact
Athena
AuditManager
Auto Scaling,autoscaling
Auto Scaling Plans,autoscaling-plans
!b2bi
Backup
Backup Gateway
!BackupSearch
Batch
!BCM Dashboards,,billingandcostmanagementdashboards
BCM Data Exports,,billingandcostmanagementdataexports
!BCM Pricing Calculator,,billingandcostmanagementpricingcalculator
BCM Recommended Actions,,billingandcostmanagementrecommendedactions
Bedrock
Bedrock Agent,,agentsforbedrock
Bedrock Agent Runtime,,agentsforbedrockruntime
Bedrock AgentCore
Bedrock AgentCore Control
Bedrock Data Automation,,dataautomationforbedrock
Bedrock Data Automation Runtime,,runtimeforbedrockdataautomation
Bedrock Runtime
!Billing
billingconductor
Braket
Budgets
chatbot
Chime
Chime SDK Identity
Chime SDK Media Pipelines
Chime SDK Meetings
Chime SDK Messaging
Chime SDK Voice
CleanRooms,,cleanroomsservice
!CleanRoomsML
Cloud9
CloudControl,,cloudcontrolapi
CloudDirectory
CloudFormation
CloudFront
CloudFront KeyValueStore
CloudHSM
CloudHSM V2,cloudhsmv2
CloudSearch
CloudSearch Domain,cloudsearchdomain
CloudTrail
!CloudTrail Data,,cloudtraildataservice
CloudWatch
CloudWatch Logs,logs
codeartifact
CodeBuild
CodeCatalyst
CodeCommit
!CodeConnections
CodeDeploy
CodeGuru Reviewer
!CodeGuru Security
CodeGuruProfiler
CodePipeline
CodeStar connections
codestar notifications
Cognito Identity
Cognito Identity Provider,cognito-idp
Cognito Sync
Comprehend
ComprehendMedical
Compute Optimizer
!Compute Optimizer Automation
Config Service,config
Connect
Connect Contact Lens
ConnectCampaigns,,connectcampaignservice
ConnectCampaignsV2,,connectcampaignservicev2
ConnectCases
!ConnectHealth
ConnectParticipant
!ControlCatalog
ControlTower
Cost and Usage Report Service,cur
Cost Explorer,ce
Cost Optimization Hub
Customer Profiles
Data Pipeline,datapipeline
Database Migration Service,dms
DataBrew,,gluedatabrew
DataExchange
DataSync
DataZone
DAX
deadline,,deadlinecloud
Detective
Device Farm,devicefarm
!DevOps Agent,,devopsagentservice
DevOps Guru
Direct Connect,directconnect
Directory Service,ds
!Directory Service Data,ds-data
DLM
DocDB
DocDB Elastic
drs
DSQL,,auroradsql
DynamoDB
DynamoDB Streams,dynamodbstreams
EBS
EC2
EC2 Instance Connect
ECR
ECR PUBLIC
ECS
EFS
EKS
!EKS Auth
Elastic Beanstalk,elasticbeanstalk
Elastic Load Balancing,elb
Elastic Load Balancing v2,elbv2
ElastiCache
Elasticsearch Service,es
ElementalInference
EMR
EMR containers
EMR Serverless
EntityResolution
EventBridge,events
!evs
finspace
!finspace data
Firehose
fis
FMS
forecast,,forecastservice
forecastquery,,forecastqueryservice
FraudDetector
!FreeTier
FSx
GameLift
GameLiftStreams
Geo Maps,,locationservicemapsv2
Geo Places,,locationserviceplacesv2
Geo Routes,,locationserviceroutesv2
Glacier
Global Accelerator,globalaccelerator
Glue
grafana,,managedgrafana
Greengrass
GreengrassV2
GroundStation
GuardDuty
Health
HealthLake
IAM
identitystore
imagebuilder
!ImportExport
Inspector
!Inspector Scan
Inspector2
!Interconnect
InternetMonitor,,cloudwatchinternetmonitor
Invoicing
IoT
IoT Data Plane,iot-data
IoT Events,iotevents
IoT Events Data,iotevents-data
IoT Jobs Data Plane,iot-jobs-data
!IoT Managed Integrations,,managedintegrationsforiotdevicemanagement
IoT Wireless,iotwireless
IotDeviceAdvisor
!IoTFleetWise
IoTSecureTunneling
IoTSiteWise
IoTThingsGraph
IoTTwinMaker
ivs
IVS RealTime
ivschat
Kafka
KafkaConnect
kendra
!Kendra Ranking
Keyspaces
!KeyspacesStreams
Kinesis
Kinesis Analytics,kinesisanalytics
Kinesis Analytics V2,kinesisanalyticsv2
Kinesis Video,kinesisvideo
Kinesis Video Archived Media
Kinesis Video Media
Kinesis Video Signaling,,kinesisvideosignalingchannels
Kinesis Video WebRTC Storage
KMS
LakeFormation
Lambda
Launch Wizard
Lex Model Building Service,lex-models
Lex Models V2,lexv2-models
Lex Runtime Service,lex-runtime
Lex Runtime V2,lexv2-runtime
License Manager
!License Manager Linux Subscriptions
!License Manager User Subscriptions
Lightsail
Location,,locationservice
LookoutEquipment
m2,,mainframemodernization
Machine Learning,machinelearning
Macie2
MailManager
ManagedBlockchain
!ManagedBlockchain Query
Marketplace Agreement,,agreementservice
Marketplace Catalog
Marketplace Commerce Analytics,marketplacecommerceanalytics
!Marketplace Deployment,,marketplacedeploymentservice
!Marketplace Discovery
Marketplace Entitlement Service,marketplace-entitlement
Marketplace Metering,meteringmarketplace
!Marketplace Reporting,,marketplacereportingservice
MediaConnect
MediaConvert
MediaLive
MediaPackage
MediaPackage Vod
MediaPackageV2
MediaStore
MediaStore Data
MediaTailor
Medical Imaging,,healthimaging
MemoryDB
mgn
Migration Hub,mgh
Migration Hub Refactor Spaces
MigrationHub Config
MigrationHubOrchestrator
MigrationHubStrategy,,migrationhubstrategyrecommendations
!MPA,,multipartyapproval
mq
MTurk
MWAA
!MWAA Serverless
Neptune
Neptune Graph
neptunedata
Network Firewall
!NetworkFlowMonitor
NetworkManager
!NetworkMonitor,,cloudwatchnetworkmonitor
!Notifications,,usernotifications
!NotificationsContacts,,usernotificationscontacts
!Nova Act,,novaactservice
OAM,,cloudwatchobservabilityaccessmanager
!ObservabilityAdmin,,cloudwatchobservabilityadminservice
!odb
Omics
OpenSearch,,opensearchservice
OpenSearchServerless,,opensearchserviceserverless
Organizations
OSIS,,opensearchingestion
Outposts
Panorama
PartnerCentral Account,,partnercentralaccountapi
PartnerCentral Benefits
PartnerCentral Channel,,partnercentralchannelapi
PartnerCentral Selling,,partnercentralsellingapi
Payment Cryptography,,paymentcryptographycontrolplane
!Payment Cryptography Data,,paymentcryptographydataplane
!Pca Connector Ad
!Pca Connector Scep,,privatecaconnectorforscep
!PCS,,parallelcomputingservice
Personalize
Personalize Events
Personalize Runtime
PI
Pinpoint
Pinpoint Email
Pinpoint SMS Voice,,,sms-voice
Pinpoint SMS Voice V2
Pipes,,eventbridgepipes
Polly
Pricing
Proton
!QApps
QBusiness
QConnect
QuickSight
RAM
rbin,,recyclebin
RDS
RDS Data,,rdsdataservice
Redshift
Redshift Data,,redshiftdataapiservice
Redshift Serverless
Rekognition
!repostspace,,repostprivate
resiliencehub
Resource Explorer 2,,resourceexplorer
Resource Groups
Resource Groups Tagging API,resourcegroupstaggingapi
RolesAnywhere,,iamrolesanywhere
Route 53,route53
Route 53 Domains,route53domains
Route53 Recovery Cluster
Route53 Recovery Control Config
Route53 Recovery Readiness
!Route53GlobalResolver
!Route53Profiles
Route53Resolver
!RTBFabric
RUM,,cloudwatchrum
S3
S3 Control,s3control
!S3Files
!S3Outposts
S3Tables
S3Vectors
SageMaker
SageMaker A2I Runtime,,augmentedairuntime
Sagemaker Edge,,sagemakeredgemanager
SageMaker FeatureStore Runtime
SageMaker Geospatial,,sagemakergeospatialcapabilities
!SageMaker Metrics
SageMaker Runtime
savingsplans
Scheduler,,eventbridgescheduler
schemas
Secrets Manager,secretsmanager
!Security IR,,securityincidentresponse
!SecurityAgent
SecurityHub
SecurityLake
ServerlessApplicationRepository,serverlessrepo
Service Catalog,servicecatalog
Service Catalog AppRegistry,servicecatalog-appregistry,appregistry
Service Quotas
ServiceDiscovery
SES
SESv2
SFN,stepfunctions
Shield
signer
Signer Data,,signerdataplane
!Signin,,signinservice
!SimpleDB,sdb
!SimpleDBv2
!SimSpaceWeaver
Snow Device Management
Snowball
SNS
SocialMessaging,,endusermessagingsocial
SQS
SSM
SSM Contacts
!SSM GuiConnect
SSM Incidents
!SSM QuickSetup,,systemsmanagerquicksetup
!Ssm Sap
SSO
SSO Admin
SSO OIDC
Storage Gateway,storagegateway
STS
!SupplyChain
Support
!Support App
!Sustainability
SWF
synthetics
!TaxSettings
Textract
Timestream InfluxDB
Timestream Query
Timestream Write
tnb,,telconetworkbuilder
Transcribe,,transcribeservice
Transfer
Translate
TrustedAdvisor,,trustedadvisorpublicapi
!uxc,,userexperiencecustomization
VerifiedPermissions
Voice ID
VPC Lattice
WAF
WAF Regional
WAFV2
WellArchitected
!Wickr,,wickradminapi
Wisdom,,connectwisdomservice
WorkDocs
WorkMail
WorkMailMessageFlow
WorkSpaces
Workspaces Instances
WorkSpaces Thin Client
WorkSpaces Web
XRay`;
